import type { Notice } from './notice.js';
import { noticeWords } from './words.js';

/** A notice as Slack's incoming webhooks take it. Nothing in it is markup, mentions anybody or is unfolded. */
export function slackBody(notice: Notice, publicUrl: string | undefined): string {
  const { title, facts, link } = noticeWords(notice, publicUrl);
  const lines = [title, ...facts.map(([label, value]) => `${label}: ${value}`), ...(link === null ? [] : [link])];
  const text = lines.map(escaped).join('\n');
  return JSON.stringify({ text, mrkdwn: false, link_names: false, unfurl_links: false, unfurl_media: false });
}

/** The three characters that Slack gives a meaning. */
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
