// How much of a file its preview needs.
const BY_LINE = /\.(csv|tsv|jsonl|ndjson|txt)$/i;
const HEAD_BYTES = 1 << 20;

/** The file's beginning where it has one row a line, else all of it; null where that is over `most` bytes. */
export function beginning(file, most) {
  if (BY_LINE.test(file.name)) return new File([file.slice(0, HEAD_BYTES)], file.name);
  return file.size <= most ? file : null;
}
