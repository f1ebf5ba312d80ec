//! Decides what must be left of comments.

use super::{func, read_text, record};
use crate::read::clang::{Direction, RawAttr};

#[test]
fn comments_lose_their_markers_and_keep_their_directions() {
    let Some(read) = read_text(
        r#"
/** Fills a buffer.
 *
 *  \param[out] buf where to
 *  @param[in] n how much
 *  @param[in,out] state kept
 *  @param flags no direction
 */
int fill(char *buf, int n, void *state, int flags);

/* An ordinary comment. */
int ordinary(void);

/// First line.
/// Second line.
int slashes(void);

int bare(void);

/** A pair. */
struct pair {
    int a; /**< the first */
    int b;
};
int fill(char *, int, void *, int) __attribute__((nonnull(1)));
"#,
    ) else {
        return;
    };
    let fill = func(&read, "fill");
    assert!(fill.comment.as_ref().is_some_and(|text| text.starts_with("Fills a buffer.\n\n")), "{fill:?}");
    assert_eq!(fill.param_directions, [Some(Direction::Out), Some(Direction::In), Some(Direction::InOut), None]);
    assert_eq!(fill.attrs, [RawAttr::Nonnull(vec![1])]);
    assert_eq!(fill.params[0].name.as_deref(), Some("buf"));
    assert_eq!((fill.location.line, fill.location.column), (9, 5));
    assert_eq!(func(&read, "ordinary").comment.as_deref(), Some("An ordinary comment."));
    assert_eq!(func(&read, "slashes").comment.as_deref(), Some("First line.\nSecond line."));
    assert_eq!(func(&read, "bare").comment, None);
    let pair = record(&read, "pair");
    assert_eq!(pair.comment.as_deref(), Some("A pair."));
    assert_eq!(pair.fields[0].comment.as_deref(), Some("the first"));
    assert_eq!(pair.fields[1].comment, None);
}

#[test]
fn names_may_stand_in_comments() {
    let Some(read) = read_text(
        r#"
int draw(int *  /* points */, int (*)(int /* x */)  /* each */, int[] /*n*/);
int told(int * /* in */, int /* n */);
int twice(int * /* a */ /* b */, int /* n */);
int words(int * /* all of them */, int /* n */);
int same(int * /* n */, int /* n */);
int partly(int *, int /* n */);
int named(int *a /* b */, int n /* c */);
"#,
    ) else {
        return;
    };
    let names = crate::read::merge::commented_names(&read);
    assert_eq!(names.keys().copied().collect::<Vec<_>>(), ["draw"]);
    assert_eq!(names["draw"], ["points", "each", "n"]);
}
