import type { ComponentChildren } from "preact";
import { staffWords } from "../../messages/words.ts";
import { Heading } from "../heading.tsx";
import "./frame.css";

interface Props {
  readonly title: string;
  /** The person whom the page is about: the heading then, while the title names the window alone. The browser's history
   * keeps titles, and no names. */
  readonly person?: string;
  readonly lead?: ComponentChildren;
  /** The pages above this one, outermost first. */
  readonly path?: readonly { readonly href: string; readonly label: string }[];
  readonly actions?: ComponentChildren;
}

/** The header of a staff page: its place, its title, and its actions. */
export function PageHead({ title, person, lead, path = [], actions }: Props) {
  return (
    <div class="page-head">
      <div class="stack-tight">
        {path.length > 0 && (
          <nav class="path no-print" aria-label={staffWords.parts.frame.path}>
            <ol>
              {path.map((above) => (
                <li key={above.href}>
                  <a href={above.href}>{above.label}</a>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <Heading title={title}>{person !== undefined && <bdi>{person}</bdi>}</Heading>
        {lead !== undefined && <p class="soft">{lead}</p>}
      </div>
      {actions !== undefined && <div class="row no-print">{actions}</div>}
    </div>
  );
}
