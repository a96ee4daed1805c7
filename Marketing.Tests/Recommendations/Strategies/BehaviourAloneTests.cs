using Marketing.Domain;
using Marketing.Recommendations.Learned.ItemItem;

namespace Marketing.Tests.Recommendations.Strategies;

/// <summary>A data set without chats where every interaction is a conversion, as in published comparisons.</summary>
public sealed class BehaviourAloneTests
{
    private const int Users = 150;
    private const int Items = 40;
    private const int Top = 5;

    [Fact]
    public async Task The_blend_ranks_as_the_item_item_weights_do()
    {
        var converted = Conversions(new Random(1));
        await using var world = new RecommenderWorld();
        await world.PutAsync([.. Enumerable.Range(0, Items).Select(Name)]);
        foreach (var (user, items) in converted.Index())
        {
            world.Do($"u-{user}", InteractionType.Convert, [.. items.Select(Name)]);
        }

        await world.LearnAsync();

        var weights = Weights(converted);
        var same = 0;
        foreach (var (user, items) in converted.Index())
        {
            var expected = Enumerable.Range(0, Items).Except(items)
                .OrderByDescending(item => items.Sum(own => weights[(own * Items) + item]))
                .Take(Top)
                .Select(Name);
            same += expected.Intersect(await world.IdsAsync($"u-{user}", limit: Top)).Count();
        }

        // Popularity may still decide between two nearly equal campaigns.
        Assert.InRange(same / (double)(Users * Top), 0.98, 1);
    }

    /// <summary>Returns conversions by three tastes; in each, more users like the first items than the last.</summary>
    private static List<int[]> Conversions(Random random) =>
    [
        .. from user in Enumerable.Range(0, Users)
           select Enumerable.Range(0, Items)
               .Where(item => random.NextDouble() < (item % 3 == user % 3 ? 0.8 : 0.25) * (1 - (item / (1.5 * Items))))
               .ToArray(),
    ];

    private static float[] Weights(List<int[]> converted)
    {
        var gram = new double[Items * Items];
        foreach (var (a, b) in converted.SelectMany(items => items.SelectMany(a => items.Select(b => (a, b)))))
        {
            gram[(a * Items) + b]++;
        }

        return Ease.Weights(gram, Items, new ItemItemOptions().Lambda, TestContext.Current.CancellationToken);
    }

    private static string Name(int item) => $"c-{item:00}";
}
