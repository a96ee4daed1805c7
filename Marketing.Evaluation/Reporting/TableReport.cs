using System.Globalization;
using Spectre.Console;

namespace Marketing.Evaluation.Reporting;

/// <summary>
/// Writes a table for people: one row per subset and strategy, with the best value of each metric within a subset in bold.
/// </summary>
internal static class TableReport
{
    public static void Write(IReadOnlyList<EvaluationRow> rows, IAnsiConsole console)
    {
        string[] metrics = [.. rows.SelectMany(row => row.Metrics.Keys).Distinct()];
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("subset", "strategy")
            .AddColumn(new TableColumn("n").RightAligned());
        foreach (var metric in metrics)
        {
            table.AddColumn(new TableColumn(Markup.Escape(metric)).RightAligned());
        }

        foreach (var subset in rows.GroupBy(row => row.Subset))
        {
            foreach (var row in subset)
            {
                table.AddRow([
                    Markup.Escape(row.Subset),
                    Markup.Escape(row.Strategy),
                    row.N.ToString("N0", CultureInfo.InvariantCulture),
                    .. metrics.Select(metric => Cell(metric, row, subset))]);
            }
        }

        console.Write(table);
    }

    private static string Cell(string metric, EvaluationRow row, IEnumerable<EvaluationRow> subset)
    {
        if (!row.Metrics.TryGetValue(metric, out var value))
        {
            return string.Empty;
        }

        var text = value.ToString(row.IsScore ? "F3" : value >= 100 ? "N0" : "G3", CultureInfo.InvariantCulture);
        return row.IsScore && value >= subset.Max(other => other.Metrics.GetValueOrDefault(metric)) ? $"[bold]{text}[/]" : text;
    }
}
