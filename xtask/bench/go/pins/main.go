// Go's pins and handles, measured as ../../src/bin/pins.rs measures ours.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/cgo"
	"sync"
	"time"
	"unsafe"
)

type block [8]uint64

//go:linkname isPinned runtime.isPinned
func isPinned(pointer unsafe.Pointer) bool

const span = 40 * time.Millisecond

var sink bool

func wants(name string) bool {
	for _, wanted := range os.Args[1:] {
		if wanted == name {
			return true
		}
	}
	return len(os.Args) == 1
}

func measure(name string, each int, body func()) {
	if !wants(name) {
		return
	}
	for count := 1; ; {
		started := time.Now()
		for i := 0; i < count; i++ {
			body()
		}
		taken := time.Since(started)
		if taken >= span {
			fmt.Printf("%s %f\n", name, float64(taken.Nanoseconds())/float64(count*each))
			return
		}
		next := int(float64(count) * float64(span) * 1.2 / float64(max(taken, 1)))
		count = max(count*2, next)
	}
}

func blocks(count int) []*block {
	all := make([]*block, count)
	for i := range all {
		all[i] = new(block)
	}
	return all
}

func pinAll(all []*block, times int) {
	var pinner runtime.Pinner
	for _, one := range all {
		for i := 0; i < times; i++ {
			pinner.Pin(one)
		}
	}
	pinner.Unpin()
}

// Wall time of one operation with all cores at it.
func parallel() {
	const count = 400_000
	cores := runtime.GOMAXPROCS(0)
	started := time.Now()
	var all sync.WaitGroup
	for i := 0; i < cores; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			own := blocks(1)[0]
			var pinner runtime.Pinner
			for i := 0; i < count; i++ {
				pinner.Pin(own)
				pinner.Unpin()
			}
		}()
	}
	all.Wait()
	fmt.Printf("pin_parallel %f\n", float64(time.Since(started).Nanoseconds())/float64(count*cores))
}

func main() {
	one := blocks(1)[0]
	var pinner runtime.Pinner
	measure("pin_once", 1, func() {
		pinner.Pin(one)
		pinner.Unpin()
	})
	measure("pin_twice", 1, func() {
		pinner.Pin(one)
		pinner.Pin(one)
		pinner.Unpin()
	})
	thousand := blocks(1000)
	measure("pin_batch", 1, func() { pinAll(thousand, 1) })
	measure("pin_batch_twice", 1, func() { pinAll(thousand, 2) })

	if wants("pin_parallel") {
		parallel()
	}

	pinner.Pin(one)
	measure("is_pinned", 1, func() { sink = isPinned(unsafe.Pointer(one)) })
	measure("is_not_pinned", 1, func() { sink = isPinned(unsafe.Pointer(thousand[500])) })
	pinner.Unpin()

	measure("handle", 1, func() {
		handle := cgo.NewHandle(uint64(7))
		sink = handle.Value().(uint64) == 7
		handle.Delete()
	})
	runtime.KeepAlive(thousand)
}
