import { useState } from 'react';

/** A text that outlives leaving this page and coming back in the same window; nothing else sees it. */
export function useKept(name: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => sessionStorage.getItem(name) ?? '');
  return [
    text,
    (next) => {
      if (next === '') sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, next);
      setText(next);
    },
  ];
}
