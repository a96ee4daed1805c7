using System.Globalization;
using Marketing.Evaluation.Data;

namespace Marketing.Evaluation.OpenBandit;

/// <summary>One item shown at one position.</summary>
/// <param name="Item">The item.</param>
/// <param name="Position">The position on the page.</param>
/// <param name="Clicked">Whether it was clicked.</param>
/// <param name="Propensity">The probability with which the policy showed this item at this position.</param>
internal readonly record struct Impression(string Item, string Position, bool Clicked, double Propensity)
{
    private static readonly string[] Columns = ["item_id", "position", "click", "propensity_score"];

    /// <summary>Reads the log of a policy.</summary>
    /// <param name="data">The folder with a subfolder per policy.</param>
    /// <param name="policy"><c>random</c> or <c>bts</c>.</param>
    /// <param name="campaign">The campaign, such as <c>men</c>.</param>
    /// <exception cref="EvaluationException">The file is missing, empty or has another format.</exception>
    public static IReadOnlyList<Impression> Read(DataFolder data, string policy, string campaign)
    {
        var path = data.Require($"{policy}/{campaign}/{campaign}.csv");
        var impressions = CsvFile.Read(path, Columns, fields => new Impression(
            fields[0], fields[1], Number(fields[2], path, Columns[2]) > 0, Number(fields[3], path, Columns[3])));
        var possible = impressions.Where(impression => impression.Propensity > 0).Select(impression => impression.Propensity).ToList();
        if (possible.Count == 0 || !impressions.TrueForAll(impression => impression.Propensity is >= 0 and <= 1))
        {
            throw new EvaluationException($"'{path}' should contain impressions with a propensity_score above 0 and at most 1.");
        }

        // The propensities of Thompson sampling were counted in simulations, so a 0 says only that none of these showed the item.
        var least = possible.Min();
        return impressions.ConvertAll(impression => impression with { Propensity = Math.Max(impression.Propensity, least) });
    }

    private static double Number(string field, string path, string column) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new EvaluationException($"'{path}' has '{field}' in column {column}, which is not a number.");
}
