-- What a run of wrk found, as one line of JSON.
done = function(summary, latency, requests)
    local e = summary.errors
    io.write(string.format(
        'FOUND{"requests":%d,"microseconds":%d,"bytes":%d,"p50":%d,"p99":%d,"failed":%d}\n',
        summary.requests, summary.duration, summary.bytes,
        latency:percentile(50), latency:percentile(99),
        e.connect + e.read + e.write + e.timeout + e.status))
end
