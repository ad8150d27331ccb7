import { describe, expect, test } from 'vitest';
import { htmlToText } from '../../../domain/data/html-to-text.js';

describe('the visible text of html', () => {
  test.each([
    ['blocks become lines', '<p>one</p><p>two<br>three</p>', 'one\n\ntwo\nthree'],
    ['inline elements leave no mark', 'a<b>b</b>c <a href="http://example.com">d</a>', 'abc d'],
    ['scripts, styles and comments vanish', '<script>x<p>y</script><STYLE>z</STYLE><!-- <p>w -->v', 'v'],
    ['an unclosed comment hides only its tag', '<b><!--#1>shown', 'shown'],
    ['a lone less-than sign stays', '1 < 2 and 3 <4', '1 < 2 and 3 <4'],
    ['entities are decoded once', '&amp;lt; &#65;&#x42; &nope; &copy', '&lt; AB &nope; ©'],
    ['letters that grow in lower case shift nothing', 'İİİ<p>İ</p>x', 'İİİ\nİ\nx'],
    ['an unclosed tag swallows the rest', 'a<img src="', 'a'],
  ])('%s', (_, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});
