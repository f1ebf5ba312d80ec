//! Nothing: the tests are targets of their own, beside the programs they run.
