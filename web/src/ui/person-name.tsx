interface Props {
  readonly name: string;
  /** What tells the person apart from another of that name; for staff only. */
  readonly distinction?: string | null | undefined;
}

/** A name as it is written, in whatever direction, and what tells it apart where two could be confused. */
export function PersonName({ name, distinction }: Props) {
  return (
    <>
      <bdi>{name}</bdi>
      {distinction && (
        <>
          {" "}
          <span class="soft distinction">
            (<bdi>{distinction}</bdi>)
          </span>
        </>
      )}
    </>
  );
}
