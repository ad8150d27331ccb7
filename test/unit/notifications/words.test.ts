import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addChannelSchema, changeAddressSchema } from '../../../domain/api/notification.js';
import { mailText } from '../../../domain/notifications/mail-text.js';
import { noticeOf, requestIdOf, type Notice } from '../../../domain/notifications/notice.js';
import { slackBody } from '../../../domain/notifications/slack-body.js';
import { whoToTell, type RequestPeople } from '../../../domain/notifications/who-to-tell.js';

const notice: Notice = {
  type: 'approval.opened',
  at: '2026-12-01T09:00:00Z',
  project: 'default',
  subject: 'run-1-release',
  page: '/approvals/run-1-release',
  model: 'email-triage',
  digest: `sha256:${'ab'.repeat(32)}`,
  deadline: '2026-12-07T09:00:00.000Z',
  state: null,
};

describe('a message to people', () => {
  it('says what waits, until when and where, and that it decides nothing', () => {
    expect(mailText(notice, 'https://assay.example.com/')).toEqual({
      subject: '[Assay] email-triage: an approval waits for signatures',
      text: [
        'email-triage: an approval waits for signatures.',
        '',
        'Model:    email-triage',
        'Digest:   abababababab',
        'Deadline: 2026-12-07 09:00 UTC',
        'Project:  default',
        'About:    run-1-release',
        '',
        'https://assay.example.com/approvals/run-1-release',
        '',
        'This message decides nothing, and opening the link does not either.',
        '',
      ].join('\n'),
    });
    expect(mailText(notice, undefined).text).not.toContain('http');
  });

  it.each([
    ['approved', 'it was approved'],
    ['changes-requested', 'changes were requested'],
    ['expired', 'counts as rejected'],
    ['a-new-state', 'approval.closed (a-new-state)'],
  ])('says how an approval ended: %s', (state, said) =>
    expect(mailText({ ...notice, type: 'approval.closed', state }, undefined).subject).toContain(said),
  );

  it('is inert, whatever names hold: one line each in mail, no markup and no mention in Slack', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 60 });
    const words = fc.oneof(
      hostile,
      fc.constantFrom(
        '<!channel>',
        '<https://evil.example.com|click>',
        'a\r\nBcc: b',
        '\u001b[2J',
        '\u202Egnp',
        '&lt;',
      ),
    );
    fc.assert(
      fc.property(words, words, words, (model, subject, project) => {
        const told = { ...notice, model, subject, project };
        const mail = mailText(told, 'https://assay.example.com');
        expect(mail.subject).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(mail.text.split('\n')).toHaveLength(12);
        expect(mail.text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        const { text } = JSON.parse(slackBody(told, 'https://assay.example.com')) as { text: string };
        expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
        expect(text.split('\n')).toHaveLength(7);
      }),
    );
  });

  it('links to the page of its request, whatever its id, and from an open question to the inbox', () => {
    const event = { at: 'now', project: 'p', subject: 'x', details: {} };
    const request = { id: 'a/../b?c', runId: 'run-1', model: 'm', subjectDigest: 'd', expiresAt: 'e' };
    expect(noticeOf({ ...event, type: 'approval.opened' }, request).page).toBe('/approvals/a%2F..%2Fb%3Fc');
    expect(noticeOf({ ...event, type: 'task.opened' }, undefined).page).toBe('/');
    expect(noticeOf({ ...event, type: 'run.finished' }, undefined).page).toBeNull();
    expect(requestIdOf({ action: 'decision.recorded', subject: 'd', details: { requestId: 7 } })).toBeUndefined();
  });
});

describe('who is told', () => {
  const request: RequestPeople = {
    terms: {
      policy: {
        stages: [
          { roles: [{ role: 'risk' }, { role: 'legal', people: ['leo'] }] },
          { after: ['first'], roles: [{ role: 'product' }] },
        ],
        fourEyes: { excludeRequester: true, excludeTrainer: false },
      },
      requester: 'ada',
      trainers: ['tom'],
    },
    signers: ['ruth', 'will'],
    standing: ['ruth'],
  };
  const told = (action: string, details: Record<string, unknown> = {}, about: RequestPeople | undefined = request) =>
    whoToTell({ action, details }, about);

  it('is who may sign at once, but for who has signed or never may', () => {
    expect(told('approval.opened')).toEqual({ roles: ['risk'], people: ['leo'], except: ['ada', 'ruth'] });
    expect(
      told('approval.reminded', { missing: [{ stage: 's', role: 'any of product, legal', count: 1 }] }).roles,
    ).toEqual(['product', 'legal']);
    expect(told('approval.escalated', { role: 'risk', to: 'admin' }).roles).toEqual(['admin']);
  });

  it('is who signed and who asked, once it is over; who is named by a delegation or a task', () => {
    expect(told('approval.closed').people).toEqual(['ruth', 'will', 'ada']);
    expect(told('delegation.recorded', { delegate: 'dan' }).people).toEqual(['dan']);
    expect(told('task.opened', { people: ['dan'], roles: ['legal'] })).toMatchObject({
      people: ['dan'],
      roles: ['legal'],
    });
  });

  it('is nobody where nothing is known, whatever the details are', () => {
    const strange = { people: 7, roles: { a: 1 }, missing: [null, 'x', {}], to: null };
    for (const action of ['approval.opened', 'approval.reminded', 'approval.escalated', 'task.opened', 'run.began'])
      expect(whoToTell({ action, details: strange }, undefined)).toEqual({ roles: [], people: [], except: [] });
  });
});

describe('what is asked for a channel', () => {
  it.each([
    ['ruth@example.com', true],
    ['ruth+mail@mail.example.com', true],
    ['ruth', false],
    ['ruth@example.com, eve@example.com', false],
    ['Ruth <ruth@example.com>', false],
    ['ruth@example.com\r\nBcc: eve@example.com', false],
    ['ruth@example.com\u202e', false],
    ['"a b"@example.com', false],
    [`${'a'.repeat(250)}@example.com`, false],
  ])('takes the address %j: %s', (email, isTaken) => {
    expect(changeAddressSchema.safeParse({ email }).success).toBe(isTaken);
    expect(addChannelSchema.safeParse({ kind: 'email', mailboxes: [email] }).success).toBe(isTaken);
  });

  it.each([
    { kind: 'slack', secrets: ['https://hooks.slack.com/services/T/B/x'] },
    { kind: 'slack', secrets: ['${secret:a}', '${secret:b}'] },
    { kind: 'email', people: false },
    { kind: 'email', secrets: ['${secret:a}'] },
    { kind: 'pager' },
  ])('refuses %j', (asked) => expect(addChannelSchema.safeParse(asked).success).toBe(false));
});
