namespace Marketing.Evaluation.MovieLens;

/// <summary>A random part of each user's ratings for training, the rest to be found again.</summary>
internal static class UserSplit
{
    /// <summary>Splits by user; the same for the same seed, whatever the order of the ratings.</summary>
    /// <param name="ratings">Of everybody; a pair of user and item once.</param>
    /// <param name="share">Of each user's ratings that is for training, 0 to 1, rounded to whole ratings, a half to even.</param>
    /// <param name="seed">Of the shuffle.</param>
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
