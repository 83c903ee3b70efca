"""A character tokenizer made from a corpus: one token a character, so that spans keep their offsets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from scanner.classifier.windows import MAX_TOKENS

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
SYMBOLS = "☐☑☒✓✔✗✘♂♀⚥👨👩🧑👦👧👴👵🚹🚺🤰🤱👶💍💰📦📍🔧⏰✅❌"
"""Of ads, forms and chats; GB 2312 has few of them."""


def character_tokenizer(
    texts: Iterable[str], size: int, start: Iterable[str] = ()
) -> PreTrainedTokenizerFast:
    """A Hugging Face tokenizer over at most `size` characters.

    First those of `start`, which keep their numbers, then the most frequent of `texts`, then what a Chinese
    reader may be expected to meet (SYMBOLS, GB 2312): a character that is rare in ads can tell most (妊, 婶).
    """
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    counted = Counter(char for text in texts for char in text)
    ranked = sorted(counted, key=lambda char: (-counted[char], char))
    known = dict.fromkeys((*SPECIAL, *start, *ranked, *SYMBOLS, *_gb2312()))
    ids = {token: number for number, token in enumerate(islice(known, size))}
    tokenizer = Tokenizer(WordLevel(ids, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex(r"[\s\S]"), "isolated")
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", ids["[CLS]"]), ("[SEP]", ids["[SEP]"])]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_max_length=MAX_TOKENS,
    )


def _gb2312() -> Iterator[str]:
    """The characters of the national standard, row by row."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from bytes((row, cell)).decode("gb2312", "ignore")
