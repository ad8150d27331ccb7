/** Where to begin: each is an example that runs, and is copied file by file. */
export const TEMPLATES = {
  'own-files': {
    says: 'your own JSON Lines, with the small model that the local provider truly trains',
    files: [
      'assay.yaml',
      'bases/linear-ngram.yaml',
      'data/complaint/examples.jsonl',
      'data/question/examples.jsonl',
      'policies/two-person.yaml',
      'rights/messages.md',
      'tasks/sort.yaml',
    ],
  },
  'openai-compatible': {
    says: 'your own JSON Lines, with a fine-tuning service that speaks the OpenAI protocol',
    files: [
      'assay.yaml',
      'bases/base.yaml',
      'data/complaint/examples.jsonl',
      'data/question/examples.jsonl',
      'policies/two-person.yaml',
      'rights/messages.md',
      'tasks/sort.yaml',
    ],
  },
  'self-hosted': {
    says: 'a small transformer that PyTorch trains from scratch on your machine, on the public mail of the demo',
    files: [
      'assay.yaml',
      'bases/from-scratch.yaml',
      'commands.yaml',
      'policies/two-person.yaml',
      'rights/mail.md',
      'tasks/sort.yaml',
      'trainer/model.py',
      'trainer/requirements.txt',
      'trainer/serve.py',
      'trainer/train.py',
    ],
  },
  'email-triage': {
    says: 'the public mail of the demo',
    files: [
      'assay.yaml',
      'bases/linear-ngram.yaml',
      'policies/two-person.yaml',
      'rights/mail.md',
      'tasks/triage-later.yaml',
      'tasks/triage.yaml',
    ],
  },
  'prompt-only': {
    says: 'a model that a provider already serves, with a prompt: nothing is trained',
    files: [
      'assay.yaml',
      'bases/sorter.yaml',
      'data/complaint/examples.jsonl',
      'data/question/examples.jsonl',
      'policies/two-person.yaml',
      'prompts/sort.md',
      'rights/messages.md',
      'tasks/sort.yaml',
    ],
  },
} as const;
export type Template = keyof typeof TEMPLATES;
export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as Template[];
