import { describe, expect, it } from 'vitest';
import { checkPayloadKeys } from '../../db/stores/payload-keys.js';
import { ownDatabase } from '../support/own-database.js';

const opened = ownDatabase();

describe('the keys of an installation', () => {
  it('are remembered as workers begin to encrypt with them; who lacks the newest does not start', async () => {
    const check = (...ids: string[]) => checkPayloadKeys(opened.db, ids);
    expect(await check()).toEqual({ missing: [] });
    expect(await check('2025')).toEqual({ missing: [] });
    await expect(check()).rejects.toThrow("with the key '2025', which this worker does not have (it has: none)");
    expect(await check('2026', '2025')).toEqual({ missing: [] });
    await expect(check('2025')).rejects.toMatchObject({ code: 'CONFLICT', details: { keyId: '2026' } });
    // A rotation that is taken back, and an old key that is given up.
    expect(await check('2025', '2026')).toEqual({ missing: [] });
    expect(await check('2026')).toEqual({ missing: ['2025'] });
  });
});
