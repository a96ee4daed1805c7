using System.Diagnostics;

namespace Marketing.Benchmarks.Vectors;

/// <summary>The latencies of many calls, in microseconds.</summary>
internal sealed class Latencies(IEnumerable<double> microseconds)
{
    private readonly double[] _sorted = [.. microseconds.Order()];

    public double Median => At(0.5);

    public double Slowest1Percent => At(0.99);

    public double PerSecond => 1e6 / _sorted.Average();

    public static async Task<(Latencies Latencies, List<T> Results)> MeasureAsync<T>(int count, Func<int, ValueTask<T>> call)
    {
        var results = new List<T>(count);
        double[] microseconds = new double[count];
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            results.Add(await call(i));
            microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return (new Latencies(microseconds), results);
    }

    private double At(double share) => _sorted[(int)(share * (_sorted.Length - 1))];

    public string Row(string name, double recall) =>
        $"{name,-34} {recall,8:F4} {Median,9:F1} {Slowest1Percent,9:F1} {PerSecond,9:N0}";
}
