namespace Marketing.Evaluation.MovieLens;

/// <summary>Splits each user's ratings at random into training and test.</summary>
internal static class UserSplit
{
    /// <summary>Splits by user; the result depends only on the seed, not on the order of the ratings.</summary>
    /// <param name="ratings">All ratings; at most one for each user and item.</param>
    /// <param name="share">The share of each user's ratings for training, 0 to 1, rounded to whole ratings, half to even.</param>
    /// <param name="seed">The seed of the shuffle.</param>
    public static (List<Rating> Training, List<Rating> Test) Of(IEnumerable<Rating> ratings, double share, int seed)
    {
        var random = new Random(seed);
        List<Rating> training = [];
        List<Rating> test = [];
        foreach (var user in ratings.GroupBy(rating => rating.User).OrderBy(user => user.Key, StringComparer.Ordinal))
        {
            Rating[] shuffled = [.. user.OrderBy(rating => rating.Item, StringComparer.Ordinal)];
            random.Shuffle(shuffled);
            var cut = (int)Math.Round(share * shuffled.Length, MidpointRounding.ToEven);
            training.AddRange(shuffled[..cut]);
            test.AddRange(shuffled[cut..]);
        }

        return (training, test);
    }
}
