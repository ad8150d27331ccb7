import type { ChatExample } from '../../domain/ports/trainer.js';

const SPAM = ['winner', 'prize', 'free', 'offer', 'cash', 'guarantee', 'click', 'credit', 'limited', 'bonus'];
const HAM = ['meeting', 'patch', 'release', 'review', 'kernel', 'lunch', 'agenda', 'commit', 'thread', 'server'];
const BOTH = ['the', 'a', 'we', 'you', 'today', 'please', 'message', 'list', 'with', 'from', 'to', 'and'];

/** Made-up mails that can be told apart, alternating ham and spam; the same number gives the same mail. */
export function toyMail(number: number, words = 40): { text: string; label: 'spam' | 'ham' } {
  const label = number % 2 === 0 ? 'ham' : 'spam';
  const own = label === 'spam' ? SPAM : HAM;
  let state = number + 1;
  const pick = (from: readonly string[]): string => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return from[(state >>> 16) % from.length] ?? '';
  };
  const text = Array.from({ length: words }, (_, at) => pick(at % 3 === 0 ? own : BOTH)).join(' ');
  return { text: `Subject ${number}: from person-${number}@example.com\n${text}`, label };
}

function toyExample(number: number, words?: number): ChatExample {
  const { text, label } = toyMail(number, words);
  return {
    messages: [
      { role: 'system', content: 'Answer spam or ham.' },
      { role: 'user', content: text },
      { role: 'assistant', content: label },
    ],
  };
}

/** A training file of mails `from` to `to`, the last not included. */
export const toyJsonl = (from: number, to: number, words?: number): string =>
  Array.from({ length: to - from }, (_, at) => `${JSON.stringify(toyExample(from + at, words))}\n`).join('');

export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
