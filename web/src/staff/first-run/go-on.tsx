import { staffWords } from "../../messages/words.ts";
import { Button } from "../../ui/forms/button.tsx";

export function GoOn({ onDone }: { readonly onDone: () => void }) {
  return (
    <div>
      <Button kind="main" onPress={onDone}>
        {staffWords.firstRun.goOn}
      </Button>
    </div>
  );
}
