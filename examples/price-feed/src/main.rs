//! Reads what several sources say about prices on stdin, and writes the median price of each pair.
//!
//! The sources answer in free text, such as `BTC/USD 64,120.50 (24 h: +1.2 %)`, so a regular expression finds the
//! quotes. A pair that too few sources agree on is reported as missing rather than guessed.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};

use regex::Regex;
use serde::{Deserialize, Serialize};

fn main() -> Result<(), Box<dyn Error>> {
    let request: Request = serde_json::from_reader(io::stdin().lock())?;
    let feed = aggregate(&request)?;
    eprintln!(
        "{} prices from {} sources",
        feed.prices.len(),
        request.sources.len()
    );
    let mut stdout = io::stdout().lock();
    serde_json::to_writer(&mut stdout, &feed)?;
    stdout.flush()?;
    Ok(())
}

#[derive(Deserialize)]
struct Request {
    sources: Vec<Source>,
    /// How many sources have to quote a pair.
    #[serde(default = "default_quorum")]
    quorum: usize,
}

fn default_quorum() -> usize {
    2
}

#[derive(Deserialize)]
struct Source {
    name: String,
    body: String,
}

#[derive(Debug, PartialEq, Serialize)]
struct Feed {
    prices: BTreeMap<String, Price>,
    missing: Vec<String>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Price {
    median: f64,
    /// How far the quotes are apart, in percent of the median.
    spread_percent: f64,
    sources: Vec<String>,
}

struct Quote {
    source: String,
    price: f64,
}

fn aggregate(request: &Request) -> Result<Feed, Box<dyn Error>> {
    let mut feed = Feed {
        prices: BTreeMap::new(),
        missing: Vec::new(),
    };
    for (pair, quotes) in quotes_by_pair(&request.sources)? {
        if quotes.len() < request.quorum {
            feed.missing.push(pair);
        } else {
            feed.prices.insert(pair, price(quotes));
        }
    }
    Ok(feed)
}

fn quotes_by_pair(sources: &[Source]) -> Result<BTreeMap<String, Vec<Quote>>, Box<dyn Error>> {
    let quote = Regex::new(
        r"\b(?<base>[A-Z]{2,5})/(?<quoted>[A-Z]{3})[\s:=]+(?<price>\d[\d,]*(?:\.\d+)?)",
    )?;
    let mut quotes = BTreeMap::<String, Vec<Quote>>::new();
    for source in sources {
        for found in quote.captures_iter(&source.body) {
            let price = found["price"].replace(',', "").parse()?;
            let pair = format!("{}/{}", &found["base"], &found["quoted"]);
            quotes.entry(pair).or_default().push(Quote {
                source: source.name.clone(),
                price,
            });
        }
    }
    Ok(quotes)
}

/// `quotes` holds at least one.
fn price(mut quotes: Vec<Quote>) -> Price {
    quotes.sort_by(|a, b| a.price.total_cmp(&b.price));
    let upper = quotes[quotes.len() / 2].price;
    let lower = quotes[(quotes.len() - 1) / 2].price;
    let median = (lower + upper) / 2.0;
    let spread = quotes[quotes.len() - 1].price - quotes[0].price;
    Price {
        median,
        spread_percent: (spread / median * 10_000.0).round() / 100.0,
        sources: quotes.into_iter().map(|quote| quote.source).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, body: &str) -> Source {
        Source {
            name: name.into(),
            body: body.into(),
        }
    }

    #[test]
    fn takes_the_median_of_what_enough_sources_quote() {
        let request = Request {
            sources: vec![
                source("a", "BTC/USD: 64,000.00; ETH/USD 3100"),
                source("b", "last BTC/USD = 64,200.50"),
            ],
            quorum: 2,
        };
        let feed = aggregate(&request).unwrap();
        assert_eq!(feed.missing, ["ETH/USD"]);
        assert_eq!(feed.prices["BTC/USD"].median, 64_100.25);
        assert_eq!(feed.prices["BTC/USD"].sources, ["a", "b"]);
    }
}
