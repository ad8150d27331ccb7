import { Hono } from 'hono';
import type { Models, ServedModel } from '../models.js';

/** `GET /` and `GET /:id` (a base model's id holds a slash). */
export const modelRoutes = (models: Models): Hono =>
  new Hono()
    .get('/', (c) => c.json({ object: 'list', data: models.list().map(modelObject) }))
    .get('/:id{.+}', (c) => c.json(modelObject(models.get(c.req.param('id')))));

const modelObject = ({ id, createdAt }: ServedModel) => ({
  id,
  object: 'model',
  created: createdAt,
  owned_by: 'local',
});
