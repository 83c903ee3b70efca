// Says on the next page what was done on this one.
import { toast } from "./toast.js";

const KEY = "said";

/** Goes to `address` (or loads this page anew) and says `text` there. */
export function leave(text, address = null) {
  if (text) sessionStorage.setItem(KEY, text);
  if (address) location.assign(address);
  else location.reload();
}

const said = sessionStorage.getItem(KEY);
sessionStorage.removeItem(KEY);
if (said) toast(said);
