using System.Diagnostics;
using System.Globalization;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.InProcess;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketing.Benchmarks.Vectors;

/// <summary>
/// <c>vectors [--count 200000] [--data DIR] [--node DIR]</c>: compares our index with exact search and, with <c>--node</c>, the
/// <c>hnswlib-node</c> that npm installed in that folder, on the same vectors in the same run.
/// </summary>
internal static class VectorsCommand
{
    private const int Wanted = 10;
    private const int QueryCount = 1_000;
    private const int Seed = 1;

    public static async Task<int> RunAsync(string[] args)
    {
        int option = Array.IndexOf(args, "--count");
        int count = option < 0 ? 200_000 : int.Parse(args[option + 1], CultureInfo.InvariantCulture);
        var world = VectorWorld.Make(Corpus.Read(Corpus.Find(args)), count, QueryCount, Seed);
        var exact = new ExactNeighbors(world, Wanted);
        string folder = Directory.CreateTempSubdirectory("vectors-").FullName;
        try
        {
            Console.WriteLine($"{count:N0} vectors of {VectorWorld.Dimensions}, {QueryCount:N0} queries, best {Wanted}; one thread, microseconds");
            await BuildAsync(world, folder);
            Console.WriteLine($"{"",-34} {"recall",8} {"p50",9} {"p99",9} {"a second",9}");
            await MeasureExactAsync(world, exact);
            await MeasureIndexAsync(world, exact, folder);
            int node = Array.IndexOf(args, "--node");
            if (node >= 0)
            {
                await NodeHnsw.RunAsync(world, exact, Wanted, Path.Combine(folder, "node"), args[node + 1]);
                await MeasureIndexAsync(world, exact, folder);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static InProcessVectorIndex Open(string folder) => new(
        folder, new VectorSpace("benchmark", VectorWorld.Dimensions), new VectorIndexOptions(), NullLogger<InProcessVectorIndex>.Instance);

    private static async Task BuildAsync(VectorWorld world, string folder)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await using var index = Open(folder);
        var start = Stopwatch.StartNew();
        foreach (var batch in world.Indexed.Select(Message).Chunk(1_000))
        {
            await index.UpsertAsync(batch, CancellationToken.None);
        }

        double seconds = start.Elapsed.TotalSeconds;
        await index.Training;
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)world.Indexed.Count;
        long onDisk = new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);
        Console.WriteLine(
            $"upsert {world.Indexed.Count / seconds:N0}/s; {bytes:F0} bytes each in memory, {(double)onDisk / world.Indexed.Count:F0} on disk");
    }

    /// <summary>Two messages per user and ten terms per message, as in production.</summary>
    private static MessageVector Message(float[] vector, int index) => new(
        new EventId(new Guid(index, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]).ToString()),
        new UserId($"user-{index / 2}"),
        null,
        DateTimeOffset.UnixEpoch.AddSeconds(index),
        vector,
        Enumerable.Range(index, 10).Select(word => (uint)word).ToArray());

    private static async Task MeasureExactAsync(VectorWorld world, ExactNeighbors exact)
    {
        (Latencies latencies, List<int[]> answers) = await Latencies.MeasureAsync(
            100, i => ValueTask.FromResult(ExactNeighbors.Search(world, world.Queries[i], Wanted)));
        Console.WriteLine(latencies.Row("exact, 32 bits per component", exact.Recall(answers)));
    }

    private static async Task MeasureIndexAsync(VectorWorld world, ExactNeighbors exact, string folder)
    {
        long start = Stopwatch.GetTimestamp();
        await using var index = Open(folder);
        TimeSpan opened = Stopwatch.GetElapsedTime(start);
        for (int round = 0; round < 5; round++)
        {
            _ = await Latencies.MeasureAsync(world.Queries.Count, Search);
        }

        (Latencies latencies, var answers) = await Latencies.MeasureAsync(world.Queries.Count, Search);
        int[][] found = [.. answers.Select(answer => answer.Select(match => BitConverter.ToInt32(Guid.Parse(match.Id.Value).ToByteArray())).ToArray())];
        Console.WriteLine($"{latencies.Row("in-process index", exact.Recall(found))}   (opened in {opened.TotalMilliseconds:F0} ms)");

        ValueTask<IReadOnlyList<VectorMatch>> Search(int i) =>
            index.SearchAsync(new VectorQuery(world.Queries[i], Wanted), CancellationToken.None);
    }
}
