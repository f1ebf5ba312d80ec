//! A reader of profiles that shares nothing with the writer: gzip, the wire format of protocol buffers, and field numbers.

use std::io::Read as _;

/// A field's content.
#[derive(Clone, Debug)]
enum Field {
    Number(u64),
    Bytes(Vec<u8>),
}

/// The fields of a message, by number, in order.
#[derive(Clone, Debug)]
struct Message(Vec<(u64, Field)>);

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..70).step_by(7) {
        let (first, rest) = bytes.split_first().expect("a number ends");
        *bytes = rest;
        value |= u64::from(first & 0x7f).checked_shl(shift).expect("at most ten bytes");
        if first & 0x80 == 0 {
            return value;
        }
    }
    panic!("a number of more than ten bytes");
}

impl Message {
    fn read(mut bytes: &[u8]) -> Self {
        let mut fields = Vec::new();
        while !bytes.is_empty() {
            let key = varint(&mut bytes);
            let field = match key & 7 {
                0 => Field::Number(varint(&mut bytes)),
                2 => {
                    let length = varint(&mut bytes) as usize;
                    let (content, rest) = bytes.split_at(length);
                    bytes = rest;
                    Field::Bytes(content.to_vec())
                }
                other => panic!("wire type {other} is not in this format"),
            };
            fields.push((key >> 3, field));
        }
        Self(fields)
    }

    fn number(&self, number: u64) -> u64 {
        let found = self.0.iter().rev().find_map(|(at, field)| match field {
            Field::Number(value) if *at == number => Some(*value),
            _ => None,
        });
        found.unwrap_or(0)
    }

    /// Repeated numbers, packed or not.
    fn numbers(&self, number: u64) -> Vec<u64> {
        let mut found = Vec::new();
        for (_, field) in self.0.iter().filter(|(at, _)| *at == number) {
            match field {
                Field::Number(value) => found.push(*value),
                Field::Bytes(packed) => {
                    let mut rest = packed.as_slice();
                    while !rest.is_empty() {
                        found.push(varint(&mut rest));
                    }
                }
            }
        }
        found
    }

    fn bytes(&self, number: u64) -> impl Iterator<Item = &[u8]> {
        self.0.iter().filter_map(move |(at, field)| match field {
            Field::Bytes(bytes) if *at == number => Some(bytes.as_slice()),
            _ => None,
        })
    }

    fn messages(&self, number: u64) -> Vec<Message> {
        self.bytes(number).map(Message::read).collect()
    }
}

/// A frame: function, file, line.
pub(crate) type Frame = (String, String, u64);

/// One sample: its frames, the innermost first, its values and its labels.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) frames: Vec<Frame>,
    pub(crate) values: Vec<u64>,
    pub(crate) labels: Vec<(String, String, u64)>,
}

/// A whole profile.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    pub(crate) types: Vec<(String, String)>,
    pub(crate) samples: Vec<Sample>,
    pub(crate) default_type: String,
    pub(crate) seconds: u64,
}

impl Profile {
    pub(crate) fn read(compressed: &[u8]) -> Self {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(compressed).read_to_end(&mut bytes).expect("it is gzip");
        let profile = Message::read(&bytes);
        let texts: Vec<String> =
            profile.bytes(6).map(|text| String::from_utf8(text.to_vec()).expect("texts are UTF-8")).collect();
        assert_eq!(texts[0], "", "the first text is empty");
        let text = |index: u64| texts[index as usize].clone();
        let by_id = |number: u64| -> std::collections::BTreeMap<u64, Message> {
            profile.messages(number).into_iter().map(|message| (message.number(1), message)).collect()
        };
        let (locations, functions) = (by_id(4), by_id(5));
        assert!(!locations.contains_key(&0) && !functions.contains_key(&0), "0 is no id");
        let frame = |id: u64| -> Vec<Frame> {
            let lines = locations[&id].messages(4);
            let of_line = |line: &Message| {
                let function = &functions[&line.number(1)];
                (text(function.number(2)), text(function.number(4)), line.number(2))
            };
            lines.iter().map(of_line).collect()
        };
        let samples = profile.messages(2).into_iter().map(|sample| Sample {
            frames: sample.numbers(1).into_iter().flat_map(frame).collect(),
            values: sample.numbers(2),
            labels: sample
                .messages(3)
                .iter()
                .map(|label| (text(label.number(1)), text(label.number(2)), label.number(3)))
                .collect(),
        });
        let samples: Vec<Sample> = samples.collect();
        let types: Vec<(String, String)> =
            profile.messages(1).iter().map(|kind| (text(kind.number(1)), text(kind.number(2)))).collect();
        assert!(samples.iter().all(|sample| sample.values.len() == types.len()), "a value for each type");
        Self { types, samples, default_type: text(profile.number(14)), seconds: profile.number(9) / 1_000_000_000 }
    }
}
