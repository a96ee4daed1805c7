using BenchmarkDotNet.Attributes;

namespace Marketing.Benchmarks.Recommendations;

/// <summary>Measures the closed-form solution of the item-item weights by the number of campaigns.</summary>
public class LearningBenchmarks
{
    private double[] _gram = [];

    [Params(500, 1_000, 2_000)]
    public int Campaigns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _gram = new double[Campaigns * Campaigns];
        for (var user = 0; user < 20 * Campaigns; user++)
        {
            var row = Enumerable.Range(0, 8).Select(_ => random.Next(Campaigns)).Distinct().ToArray();
            foreach (var i in row)
            {
                foreach (var j in row)
                {
                    _gram[(i * Campaigns) + j]++;
                }
            }
        }
    }

    [Benchmark]
    public float[] Ease() => Marketing.Recommendations.Learned.ItemItem.Ease.Weights([.. _gram], Campaigns, 200, default);
}
