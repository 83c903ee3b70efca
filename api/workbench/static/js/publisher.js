// One platform: what kind it is.
import { useForms } from "./core/forms.js";

useForms();
