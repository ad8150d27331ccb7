import type { Handler } from 'hono';
import { addressViewSchema, changeAddressSchema, type AddressView } from '../../../domain/api/notification.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../environment.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

const PATH = '/v1/notifications/address';

/** GET /v1/notifications/address: where the caller gets mail. */
function showAddress({ addresses }: Pick<ApiStores, 'addresses'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id: principal } = c.get('principal');
    const answer: AddressView = { principal, email: await addresses.read(principal) };
    return c.json(answer);
  };
}

export const showAddressRoute: Route = {
  method: 'get',
  path: PATH,
  operationId: 'showAddress',
  tag: 'account',
  summary: 'Where the caller gets mail',
  answers: { 200: { description: 'The address; null where there is none.', schema: addressViewSchema } },
  handler: showAddress,
};

/** PUT /v1/notifications/address: people set their own, and nobody else's. */
function changeAddress({ addresses }: Pick<ApiStores, 'addresses'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id: principal, kind } = c.get('principal');
    if (kind !== 'person') throw new LifecycleError('NOT_ALLOWED', 'A service gets no mail: add a webhook for it.');
    const { email } = await readBody(c, changeAddressSchema);
    await addresses.change(principal, email);
    const answer: AddressView = { principal, email };
    return c.json(answer);
  };
}

export const changeAddressRoute: Route = {
  method: 'put',
  path: PATH,
  operationId: 'changeAddress',
  tag: 'account',
  summary: 'Get mail at an address, or none any more',
  description: 'What waits for the caller is mailed there in every project that sends people mail.',
  request: { body: changeAddressSchema },
  answers: { 200: { description: 'The address from now on.', schema: addressViewSchema } },
  handler: changeAddress,
};
