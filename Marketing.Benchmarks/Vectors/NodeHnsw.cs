using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Marketing.Benchmarks.Vectors;

/// <summary>Runs npm's hnswlib on the same vectors with one thread, M 16, efConstruction 200 and increasing ef.</summary>
internal static class NodeHnsw
{
    private const string Efs = "20,40,80,120,160,240,320,480";

    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    public static async Task RunAsync(VectorWorld world, ExactNeighbors exact, int wanted, string folder, string packages)
    {
        Directory.CreateDirectory(folder);
        await WriteAsync(Path.Combine(folder, "base.f32"), world.Indexed);
        await WriteAsync(Path.Combine(folder, "queries.f32"), world.Queries);
        string script = Path.Combine(AppContext.BaseDirectory, "Vectors", "hnsw.js");
        await foreach (string line in LinesAsync(packages, [script, folder, $"{VectorWorld.Dimensions}", $"{wanted}", Efs]))
        {
            Result result = JsonSerializer.Deserialize<Result>(line, CamelCase)!;
            var latencies = new Latencies(result.Microseconds);
            Console.WriteLine($"{latencies.Row($"hnswlib-node, ef {result.Ef}", exact.Recall(result.Answers))}   (built in {result.BuildSeconds:F0} s)");
        }
    }

    private static async Task WriteAsync(string path, List<float[]> vectors)
    {
        await using FileStream file = File.Create(path);
        foreach (float[] vector in vectors)
        {
            file.Write(MemoryMarshal.AsBytes<float>(vector));
        }
    }

    private static async IAsyncEnumerable<string> LinesAsync(string packages, string[] arguments)
    {
        var node = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true };
        node.Environment["NODE_PATH"] = Path.Combine(packages, "node_modules");
        using var process = Process.Start(node)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            yield return line;
        }

        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"node ended with {process.ExitCode}; is hnswlib-node installed in {packages}?");
        }
    }

    private sealed record Result(int Ef, double BuildSeconds, double[] Microseconds, int[][] Answers);
}
