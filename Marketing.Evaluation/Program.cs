using Marketing.Evaluation.Commands;

namespace Marketing.Evaluation;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var run = new EvaluationRun(Evaluations.All, Console.Out, Console.Error);
        return EvaluationCommand.Create([.. Evaluations.All.Select(evaluation => evaluation.Name)], run.RunAsync)
            .Parse(args)
            .InvokeAsync();
    }
}
