//! Reads `{"text": "…", "top": 3}` on stdin and writes how often its words occur, the most frequent first.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

fn main() -> Result<(), Box<dyn Error>> {
    let input: Input = serde_json::from_reader(io::stdin().lock())?;
    let mut stdout = io::stdout().lock();
    serde_json::to_writer(&mut stdout, &count(&input))?;
    stdout.flush()?;
    Ok(())
}

#[derive(Deserialize)]
struct Input {
    text: String,
    #[serde(default = "default_top")]
    top: usize,
}

fn default_top() -> usize {
    3
}

#[derive(Debug, PartialEq, Serialize)]
struct Output {
    words: usize,
    distinct: usize,
    top: Vec<Count>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Count {
    word: String,
    count: usize,
}

fn count(input: &Input) -> Output {
    let mut counts = BTreeMap::<String, usize>::new();
    for word in input
        .text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    let words = counts.values().sum();
    let distinct = counts.len();
    let mut top: Vec<Count> = counts
        .into_iter()
        .map(|(word, count)| Count { word, count })
        .collect();
    // The sort is stable, so words of the same count stay in alphabetical order.
    top.sort_by_key(|entry| std::cmp::Reverse(entry.count));
    top.truncate(input.top);
    Output {
        words,
        distinct,
        top,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_words_whatever_their_case_most_frequent_first() {
        let input = Input {
            text: "The cat, the dog; a CAT.".into(),
            top: 2,
        };
        let count_of = |word: &str, count| Count {
            word: word.into(),
            count,
        };
        assert_eq!(
            count(&input),
            Output {
                words: 6,
                distinct: 4,
                top: vec![count_of("cat", 2), count_of("the", 2)]
            }
        );
    }
}
