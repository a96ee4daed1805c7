using System.Numerics.Tensors;

namespace Marketing.Benchmarks.Vectors;

/// <summary>The full-precision similarity of each query's k-th neighbor.</summary>
/// <remarks>A result that is at least as near is a hit, including ties.</remarks>
internal sealed class ExactNeighbors(VectorWorld world, int count)
{
    private const float Tie = 1e-6f;

    private readonly float[] _thresholds = [.. world.Queries.AsParallel().AsOrdered().Select(query => Threshold(world, query, count))];

    public double Recall(IReadOnlyList<int[]> answers) => answers
        .Select((found, query) => (double)found.Distinct().Count(index => IsHit(query, index)) / count)
        .Average();

    /// <summary>A straightforward exact search: computes every inner product and keeps the best.</summary>
    public static int[] Search(VectorWorld world, float[] query, int count)
    {
        var best = new PriorityQueue<int, float>(count + 1);
        for (int i = 0; i < world.Indexed.Count; i++)
        {
            float similarity = TensorPrimitives.Dot<float>(query, world.Indexed[i]);
            if (best.Count < count)
            {
                best.Enqueue(i, similarity);
            }
            else if (best.TryPeek(out _, out float worst) && similarity > worst)
            {
                best.DequeueEnqueue(i, similarity);
            }
        }

        return [.. best.UnorderedItems.Select(item => item.Element)];
    }

    private static float Threshold(VectorWorld world, float[] query, int count) =>
        Search(world, query, count).Min(index => TensorPrimitives.Dot<float>(query, world.Indexed[index]));

    private bool IsHit(int query, int index) =>
        TensorPrimitives.Dot<float>(world.Queries[query], world.Indexed[index]) >= _thresholds[query] - Tie;
}
