using BenchmarkDotNet.Attributes;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.InProcess;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketing.Benchmarks.Vectors;

/// <summary>Measures a search of the in-process index by the number of messages.</summary>
/// <remarks>It allocates only its result.</remarks>
[MemoryDiagnoser]
public class VectorIndexBenchmark : IAsyncDisposable
{
    private string _folder = "";
    private VectorWorld _world = null!;
    private InProcessVectorIndex _index = null!;
    private int _next;

    /// <summary>The number of indexed messages.</summary>
    [Params(5_000, 50_000)]
    public int Messages { get; set; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("vectors-").FullName;
        _world = VectorWorld.Make(Corpus.Read(Corpus.Find([])), Messages, 256, 1);
        _index = new InProcessVectorIndex(
            _folder, new VectorSpace("benchmark", VectorWorld.Dimensions), new VectorIndexOptions(), NullLogger<InProcessVectorIndex>.Instance);
        var messages = _world.Indexed.Select((vector, i) => new MessageVector(
            new EventId($"event-{i}"), new UserId($"user-{i / 2}"), null, DateTimeOffset.UnixEpoch.AddSeconds(i), vector, default));
        foreach (var batch in messages.Chunk(1_000))
        {
            await _index.UpsertAsync(batch, CancellationToken.None);
        }

        await _index.Training;
    }

    [Benchmark]
    public ValueTask<IReadOnlyList<VectorMatch>> Search() => _index.SearchAsync(
        new VectorQuery(_world.Queries[_next++ % _world.Queries.Count], 10), CancellationToken.None);

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
