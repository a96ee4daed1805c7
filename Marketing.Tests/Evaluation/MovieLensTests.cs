using Marketing.Evaluation;
using Marketing.Evaluation.MovieLens;

namespace Marketing.Tests.Evaluation;

public sealed class MovieLensTests : EvaluationFolder
{
    [Fact]
    public async Task What_goes_together_is_found_again_from_behaviour_alone()
    {
        // Two tastes with nothing in common.
        Write("u.data", [
            .. from user in Enumerable.Range(1, 40)
               from item in Enumerable.Range(1, 8)
               select $"{user}\t{(user % 2 * 100) + item}\t3\t88000{user:00}00"]);

        var rows = await EvaluateAsync("movielens");

        Assert.Equal(3 * 40, rows[("all", "hybrid")].GetProperty("n").GetInt32());
        Assert.Equal(1, Metric(rows[("all", "hybrid")], "recall@10"), 9);
        Assert.Equal(1, Metric(rows[("all", "hybrid")], "ndcg@10"), 9);
        Assert.True(Metric(rows[("all", "popular")], "ndcg@10") < 0.9);
    }

    [Fact]
    public void A_film_has_its_title_and_its_genres()
    {
        var path = Path.Combine(Folder, "u.item");
        File.WriteAllBytes(path, "5|Les Misérables (1995)|01-Jan-1995||http://x|0|1|0|0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0\n"u8.ToArray()
            .SelectMany(one => one == 0xC3 ? Array.Empty<byte>() : [one == 0xA9 ? (byte)0xE9 : one]).ToArray());

        var film = Assert.Single(MovieLensFiles.ReadItems(path));

        Assert.Equal(("5", "Les Misérables (1995)", "Action, Drama"), (film.Id.Value, film.Name, film.Text));
    }

    [Fact]
    public void A_line_that_is_no_rating_is_named()
    {
        var path = Write("u.data", "1\t2\t3\t881250949", "1,2,3,881250949");

        var error = Assert.Throws<EvaluationException>(() => MovieLensFiles.ReadRatings(path).ToList());

        Assert.StartsWith("Line 2 of", error.Message, StringComparison.Ordinal);
    }
}
