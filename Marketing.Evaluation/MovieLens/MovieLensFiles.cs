using System.Globalization;
using System.Text;
using Marketing.Domain;
using Marketing.Evaluation.Data;

namespace Marketing.Evaluation.MovieLens;

/// <summary>
/// Reads MovieLens 100K: <c>u.data</c> (tab-separated user, item, rating and seconds since 1970) and <c>u.item</c> (separated by bars,
/// Latin-1).
/// </summary>
internal static class MovieLensFiles
{
    private const int ItemFields = 24;
    private const int FirstGenre = 5;

    private static readonly string[] Genres =
    [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy",
        "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
    ];

    /// <exception cref="EvaluationException">A line is not four numbers.</exception>
    public static IEnumerable<Rating> ReadRatings(string path)
    {
        using var reader = DataFolder.Open(path);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0)
            {
                continue;
            }

            var fields = line.Split('\t');
            yield return fields is [{ Length: > 0 } user, { Length: > 0 } item, var rating, var seconds]
                && double.TryParse(rating, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                ? new Rating(user, item, DateTimeOffset.FromUnixTimeSeconds(at))
                : throw new EvaluationException(
                    $"Line {number} of '{path}' is not user, item, rating and timestamp, separated by tabs.");
        }
    }

    /// <summary>The movies by id, with title and genres.</summary>
    /// <exception cref="EvaluationException">A line does not have 24 fields.</exception>
    public static IEnumerable<Campaign> ReadItems(string path)
    {
        using var reader = DataFolder.Open(path, Encoding.Latin1);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0)
            {
                continue;
            }

            var fields = line.Split('|');
            if (fields.Length < ItemFields)
            {
                throw new EvaluationException($"Line {number} of '{path}' has {fields.Length} fields separated by bars, not {ItemFields}.");
            }

            var genres = Genres.Where((_, genre) => fields[FirstGenre + genre] == "1");
            yield return new Campaign(new CampaignId(fields[0]), fields[1], string.Join(", ", genres));
        }
    }
}
