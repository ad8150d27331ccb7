import { Link } from '@tanstack/react-router';
import { Page } from '../parts/page.js';

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <p>
        What waits for you stands in the <Link to="/">inbox</Link>.
      </p>
    </Page>
  );
}
