import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AliasRoute } from '../../../domain/ports/registry-store.js';
import { chooseVersion } from '../../../server/gateway/choose-version.js';

const routeOf = (candidate: number): AliasRoute => ({
  alias: 'email-triage',
  revision: 1,
  routes: [
    { versionId: 'email-triage@2', weight: candidate },
    { versionId: 'email-triage@1', weight: 100 - candidate },
  ],
  champion: 'email-triage@1',
});
const keys = Array.from({ length: 4000 }, (_, index) => `key-${index}`);

describe('choosing a version', () => {
  it('gives each version about its share of the keys', () => {
    for (const weight of [1, 5, 50, 95]) {
      const share = keys.filter((key) => chooseVersion(routeOf(weight), key) === 'email-triage@2').length / keys.length;
      expect(Math.abs(share - weight / 100)).toBeLessThan(0.03);
    }
  });

  it('takes no key away from a candidate whose share grows', () => {
    const weight = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(weight, weight, fc.string(), (one, other, key) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        if (chooseVersion(routeOf(small), key) !== 'email-triage@2') return;
        expect(chooseVersion(routeOf(large), key)).toBe('email-triage@2');
      }),
    );
  });

  it('does not depend on the order in which shares are written', () => {
    const route = routeOf(30);
    const turned = { ...route, routes: route.routes.toReversed() };
    for (const key of keys.slice(0, 200)) expect(chooseVersion(turned, key)).toBe(chooseVersion(route, key));
  });

  it('serves nothing where nothing has weight', () => {
    expect(chooseVersion({ ...routeOf(0), routes: [] }, 'key')).toBeUndefined();
    expect(
      chooseVersion({ ...routeOf(0), routes: [{ versionId: 'email-triage@1', weight: 0 }] }, 'key'),
    ).toBeUndefined();
  });
});
