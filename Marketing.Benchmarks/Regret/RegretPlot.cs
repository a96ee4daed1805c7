using System.Globalization;
using System.Text;

namespace Marketing.Benchmarks.Regret;

/// <summary>Draws regret over decisions as SVG.</summary>
internal static class RegretPlot
{
    private const int Width = 640;
    private const int Height = 360;
    private const int Left = 60;
    private const int Right = 110;
    private const int Top = 20;
    private const int Bottom = 45;

    private static readonly string[] Colors = ["#7f7f7f", "#d62728", "#1f77b4", "#2ca02c"];

    /// <param name="curves">A name and the regret at equal steps, for at most four policies.</param>
    /// <param name="decisions">The number of decisions at the last step.</param>
    public static string Draw(IReadOnlyList<(string Name, double[] Regret)> curves, int decisions)
    {
        // Regret that grows as that of showing anything would leave no room to tell the others apart.
        var highest = curves.Skip(1).Max(curve => curve.Regret[^1]) * 1.15;
        var svg = new StringBuilder();
        Append(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Append(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Append(svg, $"<clipPath id=\"plot\"><rect x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\"/></clipPath>");
        for (var tick = 0; tick <= 4; tick++)
        {
            var (x, y) = (X(tick / 4.0), Y(tick / 4.0));
            Append(svg, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"#ddd\"/>");
            Append(svg, $"<text x=\"{Left - 6}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{highest * tick / 4:F0}</text>");
            Append(svg, $"<text x=\"{x:F1}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{decisions * tick / 4:N0}</text>");
        }

        for (var curve = 0; curve < curves.Count; curve++)
        {
            var (name, regret) = curves[curve];
            var points = string.Join(' ', regret.Prepend(0).Select((lost, step) =>
                string.Create(CultureInfo.InvariantCulture, $"{X((double)step / regret.Length):F1},{Y(lost / highest):F1}")));
            var last = Math.Max(Y(regret[^1] / highest) + 4, Top + 10);
            Append(svg, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{Colors[curve]}\" stroke-width=\"2\" clip-path=\"url(#plot)\"/>");
            Append(svg, $"<text x=\"{Width - Right + 6}\" y=\"{last:F1}\" fill=\"{Colors[curve]}\">{name} {regret[^1]:F0}</text>");
        }

        Append(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">decisions</text>");
        Append(svg, $"<text transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">clicks lost</text>");
        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double share) => Left + (share * (Width - Left - Right));

    private static double Y(double share) => Height - Bottom - (share * (Height - Top - Bottom));

    private static void Append(StringBuilder svg, FormattableString line) => svg.Append(FormattableString.Invariant(line)).Append('\n');
}
