namespace Marketing.Stores.InProcess;

/// <summary>Lloyd's k-means on 8-bit codes.</summary>
internal static class KMeans
{
    public static Centroids Train(TrainingSample sample, int count, int rounds, Random random, CancellationToken cancellationToken)
    {
        int dimensions = sample.Dimensions;
        float[] means = new float[count * dimensions];
        int[] members = new int[count];
        for (int i = 0; i < count && sample.Count > 0; i++)
        {
            // The sample is shuffled: its first are as good as any.
            ScalarCode.Decode(sample.Code(i % sample.Count), sample.Scale(i % sample.Count), means.AsSpan(i * dimensions, dimensions));
        }

        Centroids centroids = Encode(means, count, dimensions);
        for (int round = 0; round < rounds; round++)
        {
            Array.Clear(means);
            Array.Clear(members);
            AddToNearest(sample, centroids, means, members, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                Finish(sample, means.AsSpan(i * dimensions, dimensions), members[i], random);
            }

            centroids = Encode(means, count, dimensions);
        }

        return centroids;
    }

    private static void AddToNearest(
        TrainingSample sample, Centroids centroids, Span<float> means, Span<int> members, CancellationToken cancellationToken)
    {
        Span<short> wide = SearchBuffers.Current.Wide(sample.Dimensions);
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

    private static void Finish(TrainingSample sample, Span<float> mean, int members, Random random)
    {
        if (members == 0)
        {
            // An empty cell starts again from somewhere else.
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
