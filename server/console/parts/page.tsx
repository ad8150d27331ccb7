import { useEffect, type ReactNode } from 'react';

/** A page's title, in the window and as its heading. The heading takes the focus, so that readers hear where they are. */
export function Page({ title, heading, lead, children }: PageOptions) {
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  return (
    <>
      <header className="page-head">
        <h1>{heading ?? title}</h1>
        {lead}
      </header>
      {children}
    </>
  );
}

interface PageOptions {
  title: string;
  /** Where the page says more than the window does. */
  heading?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}
