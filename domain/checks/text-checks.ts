import { secretKindIn } from '../lifecycle-file/secret-patterns.js';
import { patternCheck, type TextCheck } from './text-check.js';

/** E-mail addresses and numbers as people write telephone numbers. No names, no postal addresses, no ID numbers. */
const personalData = patternCheck('personal-data', 1, {
  email: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/giu,
  phone: /(?<![\w.+/-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)|\d{2,4})[ .-]\d{3,4}[ .-]\d{3,4}(?![\w/-])/gu,
});

/** Words by which somebody claims a copyright. Without them a text may be protected all the same. */
const copyright = patternCheck('copyright', 1, {
  notice: /©|\(c\)[ \t]{0,4}(?:19|20)\d{2}|\bcopyright[ \t]{1,4}(?:\(c\)|©|(?:19|20)\d{2}|by\b)/giu,
  reserved: /\ball rights reserved\b/giu,
});

/** Banners that lawyers put under mails and on papers. */
const confidentiality = patternCheck('confidentiality', 1, {
  banner:
    /\b(?:(?:strictly|private and|privileged and|company|highly) confidential|confidentiality (?:notice|note)|confidential and (?:privileged|proprietary)|intended (?:solely|only) for the (?:use of the )?(?:addressee|(?:named )?recipient|individual|person)|internal use only|do not distribute)\b/giu,
});

/** Formats of keys and tokens of a few vendors; the kinds are those of the lifecycle file's own check. */
const secrets: TextCheck = {
  id: 'secrets',
  version: 1,
  inspect: (text) => {
    const kind = secretKindIn(text);
    return kind === undefined ? {} : { [kind]: 1 };
  },
};

export const TEXT_CHECKS = { personalData, copyright, confidentiality, secrets };
