/** The one model that can be fine-tuned here. Untrained it answers nothing. */
export const BASE_MODEL = 'local/linear-ngram';
