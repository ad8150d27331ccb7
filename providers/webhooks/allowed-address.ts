import ipaddr from 'ipaddr.js';

/** Networks of one's own, which only an operator can open to webhooks; the link-local one (metadata of clouds) never. */
const OWN_NETWORKS = ['loopback', 'private', 'uniqueLocal'];

/** Whether a webhook may be sent to this IP address. What is written as IPv6 and means IPv4 counts as what it means. */
export function isAllowedAddress(address: string, allowLocal: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return range === 'unicast' || (allowLocal && OWN_NETWORKS.includes(range));
}
