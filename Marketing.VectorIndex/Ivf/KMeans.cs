using Marketing.VectorIndex.Quantization;
using Marketing.VectorIndex.Search;

namespace Marketing.VectorIndex.Ivf;

/// <summary>Lloyd's k-means on 8-bit codes.</summary>
internal static class KMeans
{
    public static Centroids Train(TrainingSample sample, int count, int iterations, Random random, CancellationToken cancellationToken)
    {
        int dimensions = sample.Dimensions;
        float[] means = new float[count * dimensions];
        int[] members = new int[count];
        for (int i = 0; i < count && sample.Count > 0; i++)
        {
            // The sample is shuffled, so its first entries are a random choice.
            ScalarCode.Decode(sample.Code(i % sample.Count), sample.Scale(i % sample.Count), means.AsSpan(i * dimensions, dimensions));
        }

        Centroids centroids = Encode(means, count, dimensions);
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            Array.Clear(means);
            Array.Clear(members);
            AccumulateNearest(sample, centroids, means, members, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                FinishMean(sample, means.AsSpan(i * dimensions, dimensions), members[i], random);
            }

            centroids = Encode(means, count, dimensions);
        }

        return centroids;
    }

    private static void AccumulateNearest(
        TrainingSample sample, Centroids centroids, Span<float> means, Span<int> members, CancellationToken cancellationToken)
    {
        Span<short> wide = SearchBuffers.Current.WideCode(sample.Dimensions);
        for (int i = 0; i < sample.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<sbyte> code = sample.Code(i);
            ScalarCode.Widen(code, wide);
            int nearest = centroids.Nearest(wide, sample.Scale(i));
            Span<float> mean = means.Slice(nearest * sample.Dimensions, sample.Dimensions);
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += code[j] * sample.Scale(i);
            }

            members[nearest]++;
        }
    }

    private static void FinishMean(TrainingSample sample, Span<float> mean, int members, Random random)
    {
        if (members == 0)
        {
            // An empty list restarts from another entry.
            int other = random.Next(sample.Count);
            ScalarCode.Decode(sample.Code(other), sample.Scale(other), mean);
            return;
        }

        foreach (ref float component in mean)
        {
            component /= members;
        }
    }

    private static Centroids Encode(ReadOnlySpan<float> means, int count, int dimensions)
    {
        sbyte[] codes = new sbyte[count * dimensions];
        float[] scales = new float[count];
        for (int i = 0; i < count; i++)
        {
            scales[i] = ScalarCode.Encode(means.Slice(i * dimensions, dimensions), codes.AsSpan(i * dimensions, dimensions));
        }

        return new Centroids(codes, scales, dimensions);
    }
}

/// <summary>The 8-bit codes that k-means trains on.</summary>
internal sealed class TrainingSample(int count, int dimensions)
{
    private readonly sbyte[] _codes = new sbyte[count * dimensions];
    private readonly float[] _scales = new float[count];

    public int Count => count;

    public int Dimensions => dimensions;

    public ReadOnlySpan<sbyte> Code(int index) => _codes.AsSpan(index * dimensions, dimensions);

    public float Scale(int index) => _scales[index];

    public void Set(int index, ReadOnlySpan<sbyte> code, float scale)
    {
        code.CopyTo(_codes.AsSpan(index * dimensions));
        _scales[index] = scale;
    }
}
