using System.Diagnostics;
using Marketing.Stores.Embedding;

namespace Marketing.Benchmarks.Vectors;

/// <summary><c>embedding [--data DIR]</c>: measures how many short texts one core embeds per second.</summary>
internal static class EmbeddingCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        List<string> texts = Corpus.Read(Corpus.Find(args));
        using var generator = StaticEmbeddingGenerator.Load();
        for (int round = 1; round <= 5; round++)
        {
            long start = Stopwatch.GetTimestamp();
            foreach (string text in texts)
            {
                _ = generator.Embed(text);
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            Console.WriteLine($"round {round}: {texts.Count / elapsed.TotalSeconds:N0} texts/s, {elapsed.TotalMicroseconds / texts.Count:F2} us each");
        }

        return Task.FromResult(0);
    }
}
