module pinnedffi/bench/calls

go 1.21
