using Marketing.Evaluation.MovieLens;

namespace Marketing.Tests.Evaluation;

public sealed class UserSplitTests
{
    private static readonly Rating[] Ratings =
    [
        .. from user in Enumerable.Range(1, 5)
           from item in Enumerable.Range(1, 8)
           select new Rating($"{user}", $"{item}", DateTimeOffset.UnixEpoch),
    ];

    [Fact]
    public void Each_user_keeps_three_quarters_for_training()
    {
        var (training, test) = UserSplit.Of(Ratings, 0.75, seed: 1);

        Assert.All(training.CountBy(rating => rating.User), user => Assert.Equal(6, user.Value));
        Assert.All(test.CountBy(rating => rating.User), user => Assert.Equal(2, user.Value));
        Assert.Equal(Ratings.Order(Comparer), training.Concat(test).Order(Comparer));
    }

    [Theory]
    [InlineData(6, 4)]
    [InlineData(10, 8)]
    [InlineData(7, 5)]
    public void A_half_rating_is_rounded_to_even_as_the_published_split_does(int ratings, int training) =>
        Assert.Equal(
            training,
            UserSplit.Of(Enumerable.Range(1, ratings).Select(item => new Rating("1", $"{item}", default)), 0.75, seed: 1).Training.Count);

    [Fact]
    public void The_same_seed_splits_the_same_whatever_the_order_of_the_file() =>
        Assert.Equal(UserSplit.Of(Ratings, 0.75, seed: 2).Test, UserSplit.Of(Ratings.Reverse(), 0.75, seed: 2).Test);

    [Fact]
    public void Another_seed_splits_otherwise() =>
        Assert.NotEqual(UserSplit.Of(Ratings, 0.75, seed: 1).Test, UserSplit.Of(Ratings, 0.75, seed: 2).Test);

    private static readonly Comparer<Rating> Comparer = Comparer<Rating>.Create((left, right) =>
        string.CompareOrdinal(left.User + "/" + left.Item, right.User + "/" + right.Item));
}
