using BenchmarkDotNet.Attributes;
using Marketing.Api.Access;
using Marketing.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketing.Benchmarks.Access;

/// <summary>What it costs a request to be let in: with a key among a thousand, and without one where none is needed.</summary>
[MemoryDiagnoser]
public class CallerBenchmarks
{
    private readonly string _secret = Secret.NewKey();
    private readonly Endpoint _endpoint = new(null, new EndpointMetadataCollection(new RequiredScope(Scopes.RecommendationsRead)), null);
    private KeyRing _ring = null!;
    private RequestDelegate _withKeys = null!;
    private RequestDelegate _open = null!;
    private DefaultHttpContext _anonymous = null!;
    private DefaultHttpContext _caller = null!;

    [GlobalSetup]
    public void Setup()
    {
        var guarded = Options.Create(new AccessOptions { AdminKey = "0123456789abcdef0123456789abcdef" });
        _ring = new KeyRing(guarded);
        _ring.Replace(Enumerable.Range(0, 1_000).Select(n => Key($"{n}", n == 500 ? _secret : Secret.NewKey())));
        _withKeys = Pipeline(guarded, _ring);
        _open = Pipeline(Options.Create(new AccessOptions()), new KeyRing(Options.Create(new AccessOptions())));
        _anonymous = Request();
        _caller = Request();
        _caller.Request.Headers.Authorization = $"Bearer {_secret}";
    }

    [Benchmark]
    public bool FindKey() => _ring.Find(_secret) is not null;

    [Benchmark]
    public Task RequestWithKey() => _withKeys(_caller);

    [Benchmark]
    public Task RequestWithoutKey() => _open(_anonymous);

    private static RequestDelegate Pipeline(IOptions<AccessOptions> options, KeyRing ring)
    {
        var refusals = new AccessRefusals(new FailedAttempts(options, TimeProvider.System), options, NullLogger<AccessRefusals>.Instance);
        var check = new ScopeCheck(static _ => Task.CompletedTask, new AnonymousAccess(options), refusals);
        return new KeyAuthentication(check.InvokeAsync, ring, TimeProvider.System, options).InvokeAsync;
    }

    private DefaultHttpContext Request()
    {
        var http = new DefaultHttpContext();
        http.SetEndpoint(_endpoint);
        return http;
    }

    private static AccessKey Key(string id, string secret)
    {
        _ = KeyHash.TryCompute(secret, out var hash);
        return new AccessKey(id, id, Scopes.RecommendationsRead, hash, DateTimeOffset.UnixEpoch);
    }
}
