/** An import as it goes on: asked for again until the worker has done its part. */

import { useEffect, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { kept } from "../../storage.ts";
import type { ClientImport } from "../../wire/api.gen.ts";
import { mayPass, sentenceOf } from "../../wire/request.ts";
import { transferApi } from "./api.ts";

const EVERY_MS = 600;
/** Only the id: the file and its preview stay with the service. */
const brought = kept<string>(() => sessionStorage, "vesper.import");

export interface Following {
  readonly file: ClientImport | null;
  /** Why it cannot be followed; null while it can. */
  readonly trouble: string | null;
  readonly follow: (file: ClientImport | null) => void;
}

export function useFollowing(): Following {
  const [file, setFile] = useState<ClientImport | null>(null);
  const [id, setId] = useState(brought.read());
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const goesOn = id !== null && (file === null || file.state === "checking" || file.state === "applying");
  useEffect(() => {
    if (!goesOn || id === null) return undefined;
    let current = true;
    const look = async () => {
      try {
        const found = await transferApi.import(id);
        if (current) setFile(found);
      } catch (error) {
        if (current && !mayPass(error)) give(null, file === null ? null : sentenceOf(error));
      }
      if (current) setRound((count) => count + 1);
    };
    const waiting = setTimeout(look, round === 0 ? 0 : EVERY_MS);
    return () => {
      current = false;
      clearTimeout(waiting);
    };
  }, [id, round, goesOn]);
  const give = (next: ClientImport | null, why: string | null) => {
    if (next === null) brought.forget();
    else brought.keep(next.id);
    setId(next?.id ?? null);
    setFile(next);
    setTrouble(why);
  };
  return { file, trouble: trouble === null ? null : staffWords.transfer.lost, follow: (next) => give(next, null) };
}
