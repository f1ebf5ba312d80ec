//! Curves as one SVG picture: a panel for each thing that grows, both axes logarithmic.

use crate::figures::Figures;
use crate::rows::PANELS;
use std::fmt::Write as _;

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 300.0;
/// From a panel's edge to its axes: left, right, top, bottom.
const LEFT: f64 = 58.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 62.0;
/// Told apart without colours as well: by their marks.
const COLOURS: [&str; 4] = ["#0b62a4", "#c43b2f", "#4d8f3a", "#7a5195"];

/// A line with what was measured of it.
struct Line {
    label: &'static str,
    points: Vec<(f64, f64)>,
}

/// The picture; `None` where nothing of it was measured.
pub(crate) fn svg(figures: &Figures) -> Option<String> {
    let mut body = String::new();
    let mut is_any = false;
    for (number, panel) in PANELS.iter().enumerate() {
        let measured = |figure: fn(usize) -> crate::figure::Figure| {
            panel.sizes.iter().filter_map(move |n| Some((*n as f64, figures.get(&figure(*n))?))).collect::<Vec<_>>()
        };
        let lines = panel.lines.iter().map(|(label, figure)| Line { label, points: measured(*figure) });
        let lines: Vec<Line> = lines.filter(|line| !line.points.is_empty()).collect();
        is_any |= !lines.is_empty();
        let (x, y) = ((number % 2) as f64 * WIDTH, (number / 2) as f64 * HEIGHT);
        let _ = writeln!(body, "<g transform=\"translate({x} {y})\">");
        draw(&mut body, panel.title, panel.of, &lines);
        body.push_str("</g>\n");
    }
    let (width, height) = (WIDTH * 2.0, HEIGHT * PANELS.len().div_ceil(2) as f64);
    is_any.then(|| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n{body}</svg>\n"
        )
    })
}

/// Powers of ten around some values, as exponents.
fn decades(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.map(f64::log10).fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at), high.max(at)));
    let (low, high) = (low.floor(), high.ceil());
    (low, if high > low { high } else { low + 1.0 })
}

fn draw(body: &mut String, title: &str, of: &str, lines: &[Line]) {
    let points = || lines.iter().flat_map(|line| &line.points);
    let (left, right) = (LEFT, WIDTH - RIGHT);
    let (top, bottom) = (TOP, HEIGHT - BOTTOM);
    let _ =
        writeln!(body, "<text x=\"{left}\" y=\"20\" font-size=\"13\" font-weight=\"bold\">{title}: ns for each</text>");
    if lines.is_empty() {
        let _ = writeln!(body, "<text x=\"{left}\" y=\"{}\">not measured</text>", (top + bottom) / 2.0);
        return;
    }
    let (x_low, x_high) = decades(points().map(|point| point.0));
    let (y_low, y_high) = decades(points().map(|point| point.1));
    let x = |value: f64| left + (value.log10() - x_low) / (x_high - x_low) * (right - left);
    let y = |value: f64| bottom - (value.log10() - y_low) / (y_high - y_low) * (bottom - top);
    for decade in x_low as i32..=x_high as i32 {
        let at = x(10_f64.powi(decade));
        let _ = writeln!(body, "<path d=\"M{at:.1} {top}V{bottom}\" stroke=\"#ddd\"/>");
        let label = 10_f64.powi(decade);
        let _ = writeln!(body, "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>", bottom + 14.0);
    }
    for decade in y_low as i32..=y_high as i32 {
        let at = y(10_f64.powi(decade));
        let _ = writeln!(body, "<path d=\"M{left} {at:.1}H{right}\" stroke=\"#ddd\"/>");
        let label = 10_f64.powi(decade);
        let _ = writeln!(body, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>", left - 5.0, at + 4.0);
    }
    let middle = (left + right) / 2.0;
    let _ = writeln!(body, "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{of}</text>", bottom + 29.0);
    let step = (right - left) / lines.len() as f64;
    for (number, line) in lines.iter().enumerate() {
        let colour = COLOURS[number % COLOURS.len()];
        let path: Vec<String> = line.points.iter().map(|(n, ns)| format!("{:.1} {:.1}", x(*n), y(*ns))).collect();
        let _ =
            writeln!(body, "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>", path.join("L"));
        for (n, ns) in &line.points {
            mark(body, number, x(*n), y(*ns), colour);
        }
        let at = left + step * number as f64;
        mark(body, number, at + 4.0, bottom + 44.0, colour);
        let _ = writeln!(
            body,
            "<text x=\"{:.1}\" y=\"{}\" font-size=\"10\">{}</text>",
            at + 11.0,
            bottom + 48.0,
            line.label
        );
    }
}

/// A dot, a square, a ring or a triangle.
fn mark(body: &mut String, number: usize, x: f64, y: f64, colour: &str) {
    let _ = match number % 4 {
        0 => writeln!(body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>"),
        1 => writeln!(
            body,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"6\" height=\"6\" fill=\"{colour}\"/>",
            x - 3.0,
            y - 3.0
        ),
        2 => writeln!(body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\" fill=\"white\" stroke=\"{colour}\"/>"),
        _ => writeln!(body, "<path d=\"M{:.1} {:.1}l3.5 6h-7z\" fill=\"{colour}\"/>", x, y - 4.0),
    };
}

#[cfg(test)]
mod tests {
    use super::{decades, svg};
    use crate::figure::{Bin, Figure, Side};
    use crate::figures::Figures;

    #[test]
    fn powers_of_ten_around() {
        assert_eq!(decades([3.0, 450.0].into_iter()), (0.0, 3.0));
        assert_eq!(decades([10.0].into_iter()), (1.0, 2.0));
    }

    #[test]
    fn points_lie_where_their_values_are() {
        let mut figures = Figures::default();
        assert!(svg(&figures).is_none());
        for (n, ns) in [(1, 10.0), (1000, 1000.0)] {
            figures.add(&Figure::Time(Bin::Curves, Side::Cheap, format!("pins_{n}")), ns);
        }
        let picture = svg(&figures).expect("one line is there");
        // From the lower left to the upper right corner of its panel.
        assert!(picture.contains("<path d=\"M58.0 238.0L446.0 34.0\""), "{picture}");
        assert_eq!(picture.matches("not measured").count(), 3);
        assert_eq!(picture.matches("<g").count(), picture.matches("</g>").count());
    }
}
