using System.Globalization;
using System.Threading.RateLimiting;
using Marketing.Api.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Limits;

/// <summary>Configures the framework's rate limiter: requests per second for every endpoint, and open streams where an endpoint has them.</summary>
internal sealed class RateLimits(IOptions<LimitOptions> options) : IConfigureOptions<RateLimiterOptions>
{
    /// <summary>The policy of endpoints that can stream.</summary>
    public const string Streams = "streams";

    private const string Ndjson = "application/x-ndjson";

    /// <summary>How soon to try again when too many streams are open; nobody knows when one ends.</summary>
    private static readonly TimeSpan StreamRetryAfter = TimeSpan.FromSeconds(1);

    public void Configure(RateLimiterOptions limiter)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = RejectAsync;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, LimitedCaller>(RequestsOf);
        limiter.AddPolicy(Streams, StreamsOf);
    }

    private RateLimitPartition<LimitedCaller> RequestsOf(HttpContext http)
    {
        var caller = LimitedCaller.Of(http);
        var rate = RateOf(caller);
        return rate == 0
            ? RateLimitPartition.GetNoLimiter(default(LimitedCaller))
            : RateLimitPartition.GetTokenBucketLimiter(caller, _ => Bucket(rate));
    }

    private RateLimitPartition<LimitedCaller> StreamsOf(HttpContext http) =>
        options.Value.StreamsOfCaller == 0 || !IsStream(http.Request)
            ? RateLimitPartition.GetNoLimiter(default(LimitedCaller))
            : RateLimitPartition.GetConcurrencyLimiter(
                LimitedCaller.Of(http), _ => new ConcurrencyLimiterOptions { PermitLimit = options.Value.StreamsOfCaller });

    private int RateOf(LimitedCaller caller) =>
        caller.Key is null ? options.Value.RequestsPerSecondOfAddress : options.Value.RequestsPerSecondOfKey;

    /// <summary>Fills a bucket ten times a second, as often as the framework does at most, if the rate can be divided.</summary>
    private TokenBucketRateLimiterOptions Bucket(int rate)
    {
        var steps = rate % 10 == 0 ? 10 : 1;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = (int)Math.Min((long)rate * options.Value.BurstSeconds, int.MaxValue),
            TokensPerPeriod = rate / steps,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / steps,
        };
    }

    /// <summary>A download is a stream; an upload is one if it has lines. JSON bodies have a limit of their own.</summary>
    private static bool IsStream(HttpRequest request) =>
        !HttpMethods.IsPost(request.Method)
        || request.ContentType?.StartsWith(Ndjson, StringComparison.OrdinalIgnoreCase) == true;

    private ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var http = rejected.HttpContext;
        var caller = LimitedCaller.Of(http);
        var isRate = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        var seconds = (int)Math.Max(1, Math.Ceiling((isRate ? wait : StreamRetryAfter).TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var who = caller.Key is null ? "this address" : "this key";
        var detail = isRate
            ? string.Create(CultureInfo.InvariantCulture, $"More than {RateOf(caller)} requests a second came from {who}")
            : string.Create(CultureInfo.InvariantCulture, $"More than {options.Value.StreamsOfCaller} uploads and exports of {who} are open");
        return new ValueTask(Problem.Of(StatusCodes.Status429TooManyRequests, $"{detail}; try again in {seconds} s.").ExecuteAsync(http));
    }
}
