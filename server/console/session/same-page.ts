/** A path of this console, or `/`: nothing leads to another site, whatever an address asks for. */
export function samePage(asked: unknown): string {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return '/';
  const url = URL.parse(asked, 'https://console.invalid');
  return url?.origin === 'https://console.invalid' ? url.pathname + url.search + url.hash : '/';
}
