import { randomBytes } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { addWebhookSchema, webhookMessageSchema } from '../../../domain/api/webhook.js';
import { NOTIFIED_EVENTS, webhookBody } from '../../../domain/notifications/events.js';
import { RETRY_DELAYS_MILLISECONDS, retryDelay } from '../../../domain/notifications/retries.js';
import { signedHeaders } from '../../../domain/webhooks/signature.js';

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

describe('the signature of a webhook', () => {
  const body = webhookBody({
    type: 'run.finished',
    at: 'now',
    project: 'p',
    subject: 'run-1',
    details: { status: 'failed' },
  });
  const seconds = Math.floor(Date.now() / 1000);
  const message = { id: 'm-1', body, seconds };

  it('is verified by the official package under each of two secrets', () => {
    const secrets = [newSecret(), newSecret()];
    const headers = signedHeaders(message, secrets);
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it('does not verify under another secret, for another body, or an old time', () => {
    const secret = newSecret();
    const headers = signedHeaders(message, [secret]);
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow(WebhookVerificationError);
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow(WebhookVerificationError);
    const old = signedHeaders({ ...message, seconds: seconds - 600 }, [secret]);
    expect(() => new Webhook(secret).verify(body, old)).toThrow(/old/);
  });

  it.each(['', 'whsec_', 'secret', 'whsec_c2hvcnQ=', `whsec_${randomBytes(65).toString('base64')}`])(
    'refuses the secret %j without repeating it',
    (secret) => {
      expect(() => signedHeaders(message, [secret])).toThrow(/whsec_ and 24 to 64 random bytes/);
    },
  );
});

describe('what a webhook is told', () => {
  it('holds ids and states, and no text that somebody wrote', () => {
    const details = { reason: 'Dear Bob', name: 'email-triage', status: 'failed', text: 'mail', waitingFor: 'Bob' };
    const told = NOTIFIED_EVENTS.map((type) =>
      webhookBody({ type, at: 'now', project: 'p', subject: 'run-1', details }),
    );
    expect(told.join()).not.toMatch(/Bob|mail"/);
    for (const body of told) expect(webhookMessageSchema.safeParse(JSON.parse(body)).success).toBe(true);
    expect(JSON.parse(told[NOTIFIED_EVENTS.indexOf('run.finished')]!)).toEqual({
      type: 'run.finished',
      timestamp: 'now',
      data: { project: 'p', id: 'run-1', name: 'email-triage', status: 'failed' },
    });
  });

  it.each([
    ['ftp://example.com', '${secret:a}'],
    ['https://user:pass@example.com', '${secret:a}'],
    ['javascript:alert(1)', '${secret:a}'],
    ['https://example.com', 'whsec_abc'],
    ['https://example.com', '${secret:a}${secret:b}'],
    ['https://example.com', '${secret:../a}'],
    ['https://example.com', 'x${secret:a}'],
  ])('is not set up for %s with %s', (url, secret) => {
    const asked = { url, events: ['run.finished'], secrets: [secret] };
    expect(addWebhookSchema.safeParse(asked).success).toBe(false);
    expect(
      addWebhookSchema.safeParse({ ...asked, url: 'https://example.com/x', secrets: ['${secret:a}'] }).success,
    ).toBe(true);
  });
});

describe('attempts', () => {
  const delays = RETRY_DELAYS_MILLISECONDS;

  it('are repeated eight times over three days, then no more', () => {
    const middle = delays.map((_, at) => retryDelay(at + 1, { delays, chance: 0.5 }) ?? 0);
    expect(middle).toHaveLength(8);
    const days = middle.reduce((sum, delay) => sum + delay, 0) / 86_400_000;
    expect(days).toBeGreaterThan(2.9);
    expect(days).toBeLessThan(3.1);
    expect(retryDelay(9, { delays, chance: 0.5 })).toBeUndefined();
  });

  it('are spread by a tenth, and wait as long as the receiver asks, up to a day', () => {
    expect([0, 1].map((chance) => retryDelay(1, { delays: [1000], chance }))).toEqual([900, 1100]);
    const wish = (retryAfterMilliseconds: number) =>
      retryDelay(1, { delays: [1000], chance: 0.5, retryAfterMilliseconds });
    expect([wish(10), wish(60_000), wish(1e12)]).toEqual([1000, 60_000, 86_400_000]);
  });
});
