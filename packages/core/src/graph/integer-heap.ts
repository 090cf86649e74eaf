/** Smallest number first, in a binary heap. */
export interface IntegerHeap {
  push(value: number): void
  pop(): number | undefined
}

export function integerHeap(): IntegerHeap {
  const heap: number[] = []
  const swap = (a: number, b: number): void => {
    const kept = heap[a]!
    heap[a] = heap[b]!
    heap[b] = kept
  }
  return {
    push: (value) => {
      let at = heap.push(value) - 1
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (heap[parent]! <= heap[at]!) return
        swap(at, parent)
        at = parent
      }
    },
    pop: () => {
      const smallest = heap[0]
      const last = heap.pop()
      if (heap.length === 0 || last === undefined) return smallest
      heap[0] = last
      let at = 0
      for (;;) {
        const left = 2 * at + 1
        if (left >= heap.length) return smallest
        const child = left + 1 < heap.length && heap[left + 1]! < heap[left]! ? left + 1 : left
        if (heap[at]! <= heap[child]!) return smallest
        swap(at, child)
        at = child
      }
    },
  }
}
