from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.utils.timezone
import programs.fields
import programs.models.letters
import programs.models.papers
import uuid


class Migration(migrations.Migration):
    initial = True

    dependencies = [('schools', '0001_initial'), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='Acquaintance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_on', models.DateField(verbose_name='ознакомлен(а)')),
            ],
            options={
                'verbose_name': 'ознакомление',
                'verbose_name_plural': 'ознакомления',
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('present', models.BooleanField(default=True, verbose_name='присутствовал(а)')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='подтверждено наставляемым')),
            ],
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_read_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'ссылка на календарь',
                'verbose_name_plural': 'ссылки на календарь',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('MENTOR', 'наставник'), ('MENTEE', 'наставляемый')], max_length=10, verbose_name='в качестве')),
                ('means', models.CharField(choices=[('PAPER', 'на бумаге'), ('QUALIFIED_FILE', 'файл с квалифицированной подписью'), ('MARK', 'отметка в системе')], default='PAPER', max_length=20, verbose_name='как дано')),
                ('text', models.TextField(blank=True, verbose_name='текст, как подписан')),
                ('signed_on', models.DateField(verbose_name='подписано')),
                ('recorded_on', models.DateField(verbose_name='внесено')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='отозвано')),
            ],
            options={
                'verbose_name': 'согласие',
                'verbose_name_plural': 'согласия',
                'ordering': ['signed_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ContractAddendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=50, verbose_name='номер')),
                ('signed_on', models.DateField(verbose_name='подписано')),
                ('recorded_on', models.DateField(verbose_name='внесено')),
                ('content', models.TextField(verbose_name='содержание работы')),
                ('work_form', models.CharField(max_length=200, verbose_name='форма выполнения')),
                ('starts_on', models.DateField(verbose_name='с')),
                ('ends_on', models.DateField(verbose_name='по')),
                ('pay_kind', models.CharField(choices=[('ROUBLES', 'рублей в месяц'), ('PERCENT', '% оклада'), ('POINTS', 'баллов')], max_length=10, verbose_name='выплата в')),
                ('pay_amount', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='размер выплаты')),
                ('pay_basis', models.CharField(max_length=300, verbose_name='основание выплаты (локальный акт)')),
                ('employer_position', models.CharField(max_length=200, verbose_name='за работодателя: должность')),
                ('employer_name', models.CharField(max_length=200, verbose_name='за работодателя: кто подписал')),
            ],
            options={
                'verbose_name': 'дополнительное соглашение',
                'verbose_name_plural': 'дополнительные соглашения',
                'ordering': ['signed_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block', models.CharField(max_length=100, verbose_name='раздел')),
                ('text', models.CharField(max_length=300, verbose_name='критерий')),
                ('weight', models.PositiveSmallIntegerField(default=1, verbose_name='вес')),
                ('level', models.PositiveSmallIntegerField(default=1, verbose_name='уровень оценки')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='порядок')),
            ],
            options={
                'verbose_name': 'критерий',
                'verbose_name_plural': 'критерии',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('subject', models.CharField(max_length=60)),
                ('owner', models.CharField(max_length=60)),
                ('period', models.CharField(default='', max_length=40)),
                ('opens_on', models.DateField()),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('void_on', models.DateField(null=True)),
                ('hidden', models.BooleanField(default=False)),
                ('provisional', models.BooleanField(default=False)),
                ('basis', models.CharField(max_length=60)),
                ('force', models.CharField(choices=[('LAW', 'закон'), ('DISTRICT', 'район'), ('SCHOOL', 'организация'), ('ADVICE', 'рекомендуется')], max_length=10)),
                ('date_source', models.CharField(choices=[('ACT', 'акт'), ('ORDER', 'приказ'), ('DISTRICT', 'район'), ('DEFAULT', 'по умолчанию')], max_length=10)),
            ],
            options={
                'verbose_name': 'срок',
                'verbose_name_plural': 'сроки',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Direction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='название')),
                ('kind', models.CharField(blank=True, choices=[('SCHOOL', 'школа'), ('KINDERGARTEN', 'детский сад'), ('ADDITIONAL', 'дополнительное образование'), ('OTHER', 'другая организация')], help_text='Пусто — для всех.', max_length=20, verbose_name='вид организаций')),
                ('is_active', models.BooleanField(default=True, verbose_name='предлагается в формах')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='порядок')),
            ],
            options={
                'verbose_name': 'направление',
                'verbose_name_plural': 'направления',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=programs.models.papers.new_code, max_length=20, unique=True, verbose_name='код')),
                ('kind', models.CharField(choices=[('MENTOR_CONSENT', 'согласие наставника'), ('MENTEE_CONSENT', 'согласие наставляемого'), ('DATA_CONSENT', 'согласие на обработку персональных данных'), ('ADDENDUM', 'дополнительное соглашение'), ('NOTICE', 'уведомление'), ('ORDER', 'приказ'), ('PROGRAM', 'персонализированная программа'), ('MEETINGS', 'записи о встречах'), ('REPORT', 'отчёт наставника'), ('EVALUATION', 'лист оценки'), ('ACQUAINTANCE', 'лист ознакомления'), ('REGULATION_ORDER', 'приказ об утверждении положения'), ('CURATOR_ORDER', 'приказ о назначении куратора'), ('INCENTIVE_ORDER', 'приказ о поощрении'), ('THANKS', 'благодарственное письмо'), ('CERTIFICATE', 'справка о наставнической деятельности')], max_length=20, verbose_name='бумага')),
                ('template_version', models.PositiveSmallIntegerField(default=1)),
                ('data', models.JSONField(default=dict)),
                ('text', models.TextField(blank=True, verbose_name='текст, как напечатан')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('pages', models.PositiveSmallIntegerField(default=0, verbose_name='листов')),
                ('printed_on', models.DateField(verbose_name='напечатано')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='подписано')),
                ('recorded_on', models.DateField(blank=True, null=True, verbose_name='внесено')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='отменено')),
            ],
            options={
                'verbose_name': 'документ',
                'verbose_name_plural': 'документы',
                'ordering': ['-printed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evaluated_on', models.DateField(verbose_name='дата оценки')),
                ('recorded_on', models.DateField(verbose_name='внесено')),
                ('evaluator', models.CharField(max_length=300, verbose_name='кто оценивал')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='оценка, %')),
                ('conclusion', models.CharField(choices=[('HIGH', 'высокая эффективность'), ('SUFFICIENT', 'достаточная эффективность'), ('PARTIAL', 'частичная эффективность'), ('LOW', 'низкая эффективность')], max_length=20, verbose_name='вывод')),
                ('text', models.TextField(verbose_name='обоснование')),
            ],
            options={
                'verbose_name': 'оценка программы',
                'verbose_name_plural': 'оценки программ',
            },
        ),
        migrations.CreateModel(
            name='EvaluationSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='название')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='версия')),
                ('is_active', models.BooleanField(default=True, verbose_name='используется')),
            ],
            options={
                'verbose_name': 'лист оценки',
                'verbose_name_plural': 'листы оценки',
                'ordering': ['school', '-version'],
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('YOUNG_SPECIALIST', 'молодой специалист (стаж до 3 лет)'), ('NEW_IN_ORGANIZATION', 'педагог, принятый в организацию'), ('CAREER_CHANGER', 'педагог без педагогического образования / после переподготовки'), ('RETURNING', 'педагог, вернувшийся после длительного перерыва'), ('NEW_POSITION', 'педагог на новой должности / предмете / классе'), ('EXPERIENCED_NEW_TECH', 'опытный педагог, осваивающий новые технологии'), ('NEEDS_SUPPORT', 'педагог, заинтересованный в профессиональной поддержке'), ('STUDENT', 'студент педагогического вуза/колледжа'), ('OTHER', 'иное')], max_length=30, verbose_name='категория')),
                ('proposed_on', models.DateField(verbose_name='предложен(а)')),
                ('joined_on', models.DateField(blank=True, null=True, verbose_name='в группе с')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='в группе по')),
                ('left_ground', models.CharField(blank=True, choices=[('STATEMENT', 'по заявлению наставляемого'), ('LEFT_SCHOOL', 'увольнение или перевод'), ('LONG_ABSENCE', 'длительное отсутствие'), ('FINISHED', 'задачи выполнены'), ('CLOSED', 'программа завершена'), ('OTHER', 'иное')], max_length=20, verbose_name='причина выхода')),
                ('statement_on', models.DateField(blank=True, null=True, verbose_name='заявление от')),
                ('result', models.CharField(blank=True, max_length=500, verbose_name='результат')),
            ],
            options={
                'verbose_name': 'наставляемый',
                'verbose_name_plural': 'наставляемые',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='HelpRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('HELP', 'нужна помощь'), ('OTHER_MENTOR', 'прошу другого наставника')], max_length=15, verbose_name='о чём')),
                ('text', models.TextField(blank=True, verbose_name='что нужно')),
                ('asked_on', models.DateField(verbose_name='дата')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='отвечено')),
                ('answer', models.TextField(blank=True, verbose_name='ответ')),
            ],
            options={
                'ordering': ['-asked_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Incentive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('PAYMENT', 'премия'), ('RECOGNITION', 'поощрение')], max_length=15, verbose_name='вид')),
                ('measure', models.CharField(max_length=200, verbose_name='мера')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='сумма, рублей')),
                ('basis', models.CharField(max_length=300, verbose_name='основание')),
                ('granted_on', models.DateField(verbose_name='дата')),
                ('recorded_on', models.DateField(verbose_name='внесено')),
            ],
            options={
                'verbose_name': 'поощрение',
                'verbose_name_plural': 'поощрения',
                'ordering': ['-granted_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('urgent_key', models.CharField(blank=True, default='', max_length=200)),
                ('state', models.CharField(choices=[('WAITING', 'ждёт отправки'), ('SENDING', 'отправляется'), ('SENT', 'отправлено'), ('FAILED', 'не принято'), ('UNCERTAIN', 'неизвестно, дошло ли'), ('EMPTY', 'не понадобилось')], default='WAITING', max_length=10)),
                ('message_id', models.CharField(default=programs.models.letters.new_message_id, max_length=100, unique=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('refusals', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                ('claim', models.CharField(blank=True, default='', max_length=32)),
                ('lease_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(null=True)),
                ('items_sent', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, default='', max_length=300)),
            ],
            options={
                'verbose_name': 'письмо',
                'verbose_name_plural': 'письма',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LetterTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='письмо')),
                ('version', models.PositiveIntegerField(verbose_name='версия')),
                ('subject', models.CharField(max_length=150, verbose_name='тема')),
                ('opening', models.TextField(max_length=2000, verbose_name='начало письма')),
                ('closing', models.TextField(blank=True, max_length=2000, verbose_name='конец письма')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='изменено')),
            ],
            options={
                'verbose_name': 'слова письма',
                'verbose_name_plural': 'слова писем',
                'ordering': ['code', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='дата встречи')),
                ('recorded_on', models.DateField(verbose_name='внесено')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='длительность, минут')),
                ('format', models.CharField(choices=[('IN_PERSON', 'очно'), ('ONLINE', 'дистанционно'), ('LESSON_VISIT', 'посещение урока (занятия)'), ('CONSULTATION', 'консультация')], max_length=20, verbose_name='формат')),
                ('topic', models.CharField(max_length=300, verbose_name='тема')),
                ('result', models.TextField(blank=True, verbose_name='что сделано')),
                ('agreements', models.TextField(blank=True, verbose_name='договорённости')),
                ('needs_curator', models.BooleanField(default=False, verbose_name='нужна помощь куратора')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='отменена')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='почему отменена')),
                ('client_key', models.UUIDField(default=uuid.uuid4)),
            ],
            options={
                'verbose_name': 'запись о встрече',
                'verbose_name_plural': 'записи о встречах',
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MentorAppointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(choices=[('ADDENDUM', 'дополнительное соглашение к трудовому договору'), ('DUTY_OF_POST', 'обязанность по должностной инструкции'), ('SECONDMENT', 'направление из другой организации'), ('PARTNER_AGREEMENT', 'договор с организацией-партнёром')], default='ADDENDUM', max_length=20, verbose_name='основание')),
                ('duty_clause', models.CharField(blank=True, max_length=200, verbose_name='пункт должностной инструкции')),
                ('duty_dated', models.DateField(blank=True, null=True, verbose_name='должностная инструкция от')),
                ('home_order', models.CharField(blank=True, max_length=200, verbose_name='приказ организации-работодателя')),
                ('home_agreement', models.CharField(blank=True, max_length=200, verbose_name='соглашение организаций')),
                ('hours_per_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='часов в месяц')),
                ('temporary', models.BooleanField(default=False, verbose_name='временно')),
                ('proposed_on', models.DateField(verbose_name='предложен(а)')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='почему предложен(а) вместо прежнего')),
                ('dropped_on', models.DateField(blank=True, null=True, verbose_name='предложение снято')),
                ('consented_on', models.DateField(blank=True, null=True, verbose_name='согласие от')),
                ('ordered_on', models.DateField(blank=True, null=True, verbose_name='приказ от')),
                ('starts_on', models.DateField(verbose_name='с')),
                ('expected_ends_on', models.DateField(blank=True, null=True, verbose_name='временно до')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='по')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='почему закончено')),
            ],
            options={
                'verbose_name': 'назначение наставника',
                'verbose_name_plural': 'назначения наставников',
                'ordering': ['starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MentoringEpisode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('PRACTICE', 'руководство практикой'), ('CONSULTATION', 'разовая консультация'), ('CONTEST', 'помощь в подготовке к конкурсу'), ('BEFORE_ORDER', 'встречи до приказа о закреплении')], max_length=20, verbose_name='вид')),
                ('whom', models.CharField(max_length=300, verbose_name='кому')),
                ('starts_on', models.DateField(verbose_name='с')),
                ('ends_on', models.DateField(verbose_name='по')),
                ('hours', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='часов')),
                ('text', models.TextField(verbose_name='что сделано')),
                ('recorded_on', models.DateField(verbose_name='внесено')),
            ],
            options={
                'verbose_name': 'помощь вне программы',
                'verbose_name_plural': 'помощь вне программ',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MentoringGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('TEACHER_TEACHER', 'педагог – педагог'), ('HEAD_TEACHER', 'руководитель образовательной организации – педагог'), ('EMPLOYER_STUDENT', 'работодатель – студент педагогического вуза/колледжа'), ('LECTURER_YOUNG_TEACHER', 'педагог вуза/колледжа – молодой педагог образовательной организации'), ('PARTNER_TEACHER', 'социальный партнер – педагог образовательной организации')], max_length=30, verbose_name='форма')),
                ('kinds', programs.fields.KindSetField(verbose_name='виды')),
                ('why', models.CharField(max_length=500, verbose_name='почему такие форма и виды (Положение, 4.2)')),
                ('proposed_on', models.DateField(verbose_name='предложена')),
                ('planned_starts_on', models.DateField(verbose_name='планируемое начало')),
                ('planned_ends_on', models.DateField(verbose_name='планируемое окончание')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='внесена как действующая')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='предложение снято')),
                ('withdrawn_why', models.CharField(blank=True, max_length=300, verbose_name='почему снято')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='завершена')),
            ],
            options={
                'verbose_name': 'пара (группа)',
                'verbose_name_plural': 'пары и группы',
                'ordering': ['-proposed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MentoringRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(verbose_name='дата запроса')),
                ('category', models.CharField(choices=[('YOUNG_SPECIALIST', 'молодой специалист (стаж до 3 лет)'), ('NEW_IN_ORGANIZATION', 'педагог, принятый в организацию'), ('CAREER_CHANGER', 'педагог без педагогического образования / после переподготовки'), ('RETURNING', 'педагог, вернувшийся после длительного перерыва'), ('NEW_POSITION', 'педагог на новой должности / предмете / классе'), ('EXPERIENCED_NEW_TECH', 'опытный педагог, осваивающий новые технологии'), ('NEEDS_SUPPORT', 'педагог, заинтересованный в профессиональной поддержке'), ('STUDENT', 'студент педагогического вуза/колледжа'), ('OTHER', 'иное')], max_length=30, verbose_name='категория')),
                ('strengths', models.CharField(blank=True, max_length=500, verbose_name='сильные стороны')),
                ('text', models.TextField(blank=True, verbose_name='что важно')),
                ('outcome', models.CharField(blank=True, choices=[('PAIRED', 'пара создана'), ('DECLINED_BY_MENTEE', 'педагог отказался'), ('NOT_NEEDED', 'не требуется'), ('NO_MENTOR', 'нет подходящего наставника')], max_length=20, verbose_name='итог')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='решено')),
            ],
            options={
                'verbose_name': 'запрос на наставничество',
                'verbose_name_plural': 'запросы на наставничество',
                'ordering': ['-asked_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MentorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dynamics', models.TextField(max_length=5000, verbose_name='динамика по затруднениям')),
                ('difficulties', models.TextField(blank=True, max_length=5000, verbose_name='что не удалось, трудности')),
                ('achievements', models.TextField(blank=True, max_length=5000, verbose_name='достижения наставляемых')),
                ('conclusion', models.CharField(choices=[('FINISH', 'завершить программу'), ('EXTEND', 'продлить программу'), ('CHANGE', 'скорректировать программу')], max_length=10, verbose_name='вывод')),
                ('proposals', models.TextField(blank=True, max_length=5000, verbose_name='предложения')),
                ('written_on', models.DateField(verbose_name='составлен')),
            ],
            options={
                'verbose_name': 'отчёт наставника',
                'verbose_name_plural': 'отчёты наставников',
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='название')),
                ('kind', models.CharField(blank=True, choices=[('SCHOOL', 'школа'), ('KINDERGARTEN', 'детский сад'), ('ADDITIONAL', 'дополнительное образование'), ('OTHER', 'другая организация')], help_text='Пусто — для всех.', max_length=20, verbose_name='вид организаций')),
                ('is_active', models.BooleanField(default=True, verbose_name='предлагается в формах')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='порядок')),
            ],
            options={
                'verbose_name': 'профессиональное затруднение',
                'verbose_name_plural': 'профессиональные затруднения',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('about', models.CharField(max_length=200)),
                ('due_on', models.DateField()),
                ('step', models.IntegerField()),
                ('escalated', models.BooleanField(default=False)),
                ('urgent', models.BooleanField(default=False)),
                ('path', models.CharField(blank=True, max_length=200)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('told_on', models.DateField()),
                ('read_at', models.DateTimeField(null=True)),
                ('settled_on', models.DateField(null=True)),
            ],
            options={
                'verbose_name': 'напоминание',
                'verbose_name_plural': 'напоминания',
                'ordering': ['-told_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ASSIGN', 'о закреплении наставнических пар (групп)'), ('CHANGE', 'об изменении в наставнических парах (группах)'), ('REPLACE', 'о замене наставника'), ('EXTEND', 'о продлении программы наставничества'), ('CLOSE', 'о завершении программы наставничества'), ('AMEND', 'о внесении изменений в приказ')], max_length=10, verbose_name='вид')),
                ('title', models.CharField(max_length=300, verbose_name='заголовок')),
                ('prepared_on', models.DateField(verbose_name='подготовлен')),
                ('dropped_on', models.DateField(blank=True, null=True, verbose_name='проект снят')),
                ('number', models.CharField(blank=True, max_length=50, verbose_name='номер')),
                ('number_key', models.CharField(blank=True, editable=False, max_length=50)),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='дата приказа')),
                ('recorded_on', models.DateField(blank=True, null=True, verbose_name='внесено')),
                ('year_starts_on', models.DateField(blank=True, editable=False, null=True)),
                ('year_ends_on', models.DateField(blank=True, editable=False, null=True)),
                ('signatory_role', models.CharField(blank=True, max_length=30, verbose_name='кто подписывает')),
                ('signatory_position', models.CharField(blank=True, max_length=200, verbose_name='должность подписавшего')),
                ('signatory_name', models.CharField(blank=True, max_length=200, verbose_name='подписал(а)')),
                ('program_due_on', models.DateField(blank=True, null=True, verbose_name='подготовить программы до')),
                ('text', models.TextField(blank=True, verbose_name='текст, как подписан')),
            ],
            options={
                'verbose_name': 'приказ',
                'verbose_name_plural': 'приказы',
                'ordering': [models.OrderBy(models.F('signed_on'), descending=True, nulls_first=True), '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('ASSIGN', 'закрепить наставника и наставляемых'), ('ADD_MEMBER', 'включить наставляемого в группу'), ('RELEASE_MEMBER', 'вывести наставляемого из группы'), ('REPLACE_MENTOR', 'заменить наставника'), ('APPOINT_TEMPORARY', 'назначить временного наставника'), ('END_APPOINTMENT', 'прекратить поручение наставнику'), ('EXTEND', 'продлить программу'), ('CLOSE', 'завершить программу'), ('CANCEL', 'отменить пункт прежнего приказа')], max_length=20, verbose_name='действие')),
                ('data', models.JSONField(default=dict)),
                ('dropped_on', models.DateField(blank=True, null=True, verbose_name='вычеркнута из проекта')),
            ],
            options={
                'verbose_name': 'пункт приказа',
                'verbose_name_plural': 'пункты приказа',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OrderRegister',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='название')),
                ('year_starts_in', models.PositiveSmallIntegerField(choices=[(1, '1 января'), (9, '1 сентября')], default=1, verbose_name='год начинается')),
            ],
            options={
                'verbose_name': 'книга приказов',
                'verbose_name_plural': 'книги приказов',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField(verbose_name='по состоянию на')),
                ('recipient', models.CharField(max_length=300, verbose_name='кому')),
                ('basis', models.CharField(max_length=300, verbose_name='основание')),
                ('papers', models.JSONField(default=list, verbose_name='бумаги')),
                ('made_on', models.DateField(verbose_name='подготовлен')),
            ],
            options={
                'verbose_name': 'комплект для передачи',
                'verbose_name_plural': 'комплекты для передачи',
                'ordering': ['-made_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PlannedEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='порядок')),
                ('title', models.CharField(max_length=300, verbose_name='мероприятие')),
                ('work_form', models.CharField(blank=True, max_length=150, verbose_name='форма работы')),
                ('due_on', models.DateField(verbose_name='срок')),
                ('first_due_on', models.DateField(verbose_name='первоначальный срок')),
                ('responsible', models.CharField(choices=[('MENTOR', 'наставник'), ('MENTEE', 'наставляемый'), ('CURATOR', 'куратор')], max_length=10, verbose_name='ответственный')),
                ('expected', models.CharField(blank=True, max_length=500, verbose_name='планируемый результат')),
                ('actual', models.CharField(blank=True, max_length=500, verbose_name='фактический результат')),
                ('outcome', models.CharField(blank=True, choices=[('DONE', 'выполнено'), ('PARTIAL', 'выполнено частично'), ('NOT_DONE', 'не выполнено'), ('CANCELLED', 'отменено')], max_length=10, verbose_name='отметка')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='дата отметки')),
            ],
            options={
                'verbose_name': 'мероприятие программы',
                'verbose_name_plural': 'мероприятия программ',
                'ordering': ['due_on', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PrivateNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='заметка')),
                ('written_on', models.DateField(verbose_name='дата')),
            ],
            options={
                'ordering': ['-written_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.TextField(blank=True, verbose_name='цель')),
                ('tasks', models.TextField(blank=True, verbose_name='задачи')),
                ('strengths', models.TextField(blank=True, verbose_name='сильные стороны')),
                ('schedule', models.CharField(blank=True, max_length=300, verbose_name='режим работы')),
                ('results', models.TextField(blank=True, verbose_name='ожидаемые результаты')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='версия')),
                ('opened_on', models.DateField(verbose_name='начата подготовка')),
                ('submitted_on', models.DateField(blank=True, null=True, verbose_name='передана на согласование')),
                ('returned_on', models.DateField(blank=True, null=True, verbose_name='возвращена')),
                ('return_reason', models.TextField(blank=True, verbose_name='что исправить')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='начало')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='окончание')),
                ('min_ends_on', models.DateField(blank=True, editable=False, null=True)),
                ('max_ends_on', models.DateField(blank=True, editable=False, null=True)),
                ('current_ends_on', models.DateField(blank=True, null=True, verbose_name='окончание с учётом продления')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='утверждена')),
                ('approved_position', models.CharField(blank=True, max_length=200, verbose_name='утвердил(а): должность')),
                ('approved_name', models.CharField(blank=True, max_length=200, verbose_name='утвердил(а)')),
                ('evaluated_on', models.DateField(blank=True, null=True, verbose_name='оценена')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='завершена')),
                ('ground', models.CharField(blank=True, choices=[('FULL', 'реализована в полном объёме по результатам оценки эффективности'), ('MENTOR_INITIATIVE', 'по инициативе наставника'), ('MENTEE_INITIATIVE', 'по инициативе наставляемого'), ('MUTUAL', 'по инициативе наставника и наставляемого'), ('CURATOR_INITIATIVE', 'по инициативе куратора'), ('EMPLOYER_CANCEL', 'работодатель отменил поручение'), ('PARTICIPANT_LEFT', 'увольнение, перевод или длительное отсутствие участника'), ('OTHER', 'иной случай')], max_length=30, verbose_name='основание завершения')),
                ('ground_text', models.CharField(blank=True, max_length=500, verbose_name='пояснение')),
            ],
            options={
                'verbose_name': 'программа наставничества',
                'verbose_name_plural': 'программы наставничества',
                'ordering': ['-opened_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProgramAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='версия')),
                ('agreed_on', models.DateField(verbose_name='согласована')),
            ],
        ),
        migrations.CreateModel(
            name='ProgramAmendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='новая версия')),
                ('summary', models.TextField(verbose_name='что изменено')),
                ('agreed_on', models.DateField(verbose_name='согласие всех участников от')),
                ('recorded_on', models.DateField(verbose_name='внесено')),
            ],
            options={
                'ordering': ['version'],
            },
        ),
        migrations.CreateModel(
            name='ProgramExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_ends_on', models.DateField(verbose_name='было до')),
                ('new_ends_on', models.DateField(verbose_name='стало до')),
                ('reason', models.CharField(max_length=500, verbose_name='почему')),
                ('agreed_on', models.DateField(verbose_name='согласие всех участников от')),
                ('recorded_on', models.DateField(verbose_name='внесено')),
            ],
            options={
                'ordering': ['new_ends_on'],
            },
        ),
        migrations.CreateModel(
            name='ProgramPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='с')),
                ('expected_on', models.DateField(verbose_name='ожидаем возобновление')),
                ('resumed_on', models.DateField(blank=True, null=True, verbose_name='возобновлена')),
                ('reason', models.CharField(max_length=300, verbose_name='почему')),
            ],
            options={
                'ordering': ['starts_on'],
            },
        ),
        migrations.CreateModel(
            name='ProgramTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, choices=[('SCHOOL', 'школа'), ('KINDERGARTEN', 'детский сад'), ('ADDITIONAL', 'дополнительное образование'), ('OTHER', 'другая организация')], max_length=20, verbose_name='вид организаций')),
                ('name', models.CharField(max_length=200, verbose_name='название')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='версия')),
                ('goal', models.TextField(verbose_name='цель')),
                ('tasks', models.TextField(verbose_name='задачи')),
                ('results', models.TextField(blank=True, verbose_name='ожидаемые результаты')),
                ('months', models.PositiveSmallIntegerField(default=9, verbose_name='месяцев')),
                ('events', models.JSONField(default=list, verbose_name='мероприятия')),
                ('is_active', models.BooleanField(default=True, verbose_name='предлагается')),
            ],
            options={
                'verbose_name': 'шаблон программы',
                'verbose_name_plural': 'шаблоны программ',
                'ordering': ['name', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='замечание')),
                ('written_on', models.DateField(verbose_name='дата')),
                ('due_on', models.DateField(verbose_name='ответить до')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='отвечено')),
                ('answer', models.TextField(blank=True, verbose_name='ответ')),
            ],
            options={
                'ordering': ['-written_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReminderSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('frequency', models.CharField(choices=[('DAILY', 'каждый день, когда есть о чём'), ('WEEKLY', 'по понедельникам'), ('LAW_ONLY', 'только то, что требует закон')], default='DAILY', max_length=10, verbose_name='письма с напоминаниями')),
                ('at_once', models.BooleanField(default=True, verbose_name='сразу писать о важном')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='не писать до')),
            ],
            options={
                'verbose_name': 'настройки напоминаний',
                'verbose_name_plural': 'настройки напоминаний',
            },
        ),
        migrations.CreateModel(
            name='ScanBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'загрузка листов',
                'verbose_name_plural': 'загрузки листов',
            },
        ),
        migrations.CreateModel(
            name='ScanPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='страница файла')),
                ('sheet', models.PositiveSmallIntegerField(null=True, verbose_name='лист бумаги')),
                ('problem', models.CharField(blank=True, choices=[('UNREADABLE', 'код не прочитан'), ('UNKNOWN', 'бумага с таким кодом не найдена'), ('TWICE', 'этот лист уже ждёт отметки'), ('FILED', 'скан этой бумаги уже в деле'), ('CANCELLED', 'подписан другой экземпляр этой бумаги')], max_length=12)),
            ],
            options={
                'verbose_name': 'лист',
                'verbose_name_plural': 'листы',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ScanUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, verbose_name='имя файла')),
                ('read_at', models.DateTimeField(null=True, verbose_name='прочитан')),
                ('problem', models.CharField(blank=True, max_length=200, verbose_name='почему не прочитан')),
            ],
            options={
                'verbose_name': 'загруженный файл',
                'verbose_name_plural': 'загруженные файлы',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(verbose_name='балл')),
            ],
        ),
        migrations.CreateModel(
            name='TerminationNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(choices=[('MENTOR', 'наставник отказывается'), ('EMPLOYER', 'работодатель отменяет поручение')], max_length=10, verbose_name='кто')),
                ('given_on', models.DateField(verbose_name='дата уведомления')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='получено')),
                ('recorded_on', models.DateField(verbose_name='внесено')),
                ('earliest_on', models.DateField(verbose_name='не раньше')),
                ('effective_on', models.DateField(verbose_name='первый день без поручения')),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='соглашение о более раннем дне от')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='причина (необязательно)')),
            ],
            options={
                'verbose_name': 'уведомление',
                'verbose_name_plural': 'уведомления',
            },
        ),
        migrations.AddField(
            model_name='acquaintance',
            name='act',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acquaintances', to='schools.localact'),
        ),
        migrations.AddField(
            model_name='acquaintance',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acquaintances', to='schools.person'),
        ),
        migrations.AddField(
            model_name='calendarfeed',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='schools.staffmember'),
        ),
        migrations.AddField(
            model_name='consent',
            name='scan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='consent',
            name='supplements',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='programs.consent'),
        ),
        migrations.AddField(
            model_name='contractaddendum',
            name='scan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='schools.person'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='schools.school'),
        ),
        migrations.AddConstraint(
            model_name='direction',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['SCHOOL', 'KINDERGARTEN', 'ADDITIONAL', 'OTHER', ''])), name='direction_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='direction',
            constraint=models.UniqueConstraint(fields=('name', 'kind'), name='direction_once'),
        ),
        migrations.AddField(
            model_name='document',
            name='act',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='schools.localact'),
        ),
        migrations.AddField(
            model_name='document',
            name='amends',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='programs.document'),
        ),
        migrations.AddField(
            model_name='document',
            name='consent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='programs.consent'),
        ),
        migrations.AddField(
            model_name='document',
            name='file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='document',
            name='job',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='schools.job'),
        ),
        migrations.AddField(
            model_name='document',
            name='post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='schools.staffmember'),
        ),
        migrations.AddField(
            model_name='document',
            name='scan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='document',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='schools.school'),
        ),
        migrations.AddField(
            model_name='document',
            name='word_file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='evaluationsheet',
            name='school',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='schools.school', verbose_name='организация'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programs.evaluationsheet'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='programs.evaluationsheet'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='group_members', to='schools.staffmember', verbose_name='наставляемый'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='member',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='programs.groupmember'),
        ),
        migrations.AddField(
            model_name='consent',
            name='members',
            field=models.ManyToManyField(blank=True, related_name='named_in', to='programs.groupmember'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='programs.groupmember'),
        ),
        migrations.AddField(
            model_name='helprequest',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_requests', to='programs.groupmember'),
        ),
        migrations.AddField(
            model_name='incentive',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incentives', to='schools.staffmember'),
        ),
        migrations.AddField(
            model_name='letter',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='schools.person'),
        ),
        migrations.AddField(
            model_name='lettertemplate',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='programs.meeting'),
        ),
        migrations.AddField(
            model_name='mentorappointment',
            name='consent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='programs.consent'),
        ),
        migrations.AddField(
            model_name='mentorappointment',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='programs.mentorappointment'),
        ),
        migrations.AddField(
            model_name='mentorappointment',
            name='partner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='schools.partner'),
        ),
        migrations.AddField(
            model_name='mentorappointment',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='schools.staffmember', verbose_name='наставник'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='appointment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='programs.mentorappointment', verbose_name='наставник'),
        ),
        migrations.AddField(
            model_name='contractaddendum',
            name='appointment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='programs.mentorappointment'),
        ),
        migrations.AddField(
            model_name='mentoringepisode',
            name='mentor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='episodes', to='schools.staffmember'),
        ),
        migrations.AddField(
            model_name='mentoringgroup',
            name='curator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='curated_groups', to='schools.person', verbose_name='куратор'),
        ),
        migrations.AddField(
            model_name='mentoringgroup',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='schools.school', verbose_name='организация'),
        ),
        migrations.AddField(
            model_name='mentoringepisode',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='mentorappointment',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='incentive',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='helprequest',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_requests', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='document',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='consent',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='mentoringrequest',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='mentoringrequest',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='schools.staffmember', verbose_name='педагог'),
        ),
        migrations.AddField(
            model_name='mentorreport',
            name='appointment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programs.mentorappointment'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['SCHOOL', 'KINDERGARTEN', 'ADDITIONAL', 'OTHER', ''])), name='need_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(fields=('name', 'kind'), name='need_once'),
        ),
        migrations.AddField(
            model_name='mentoringrequest',
            name='needs',
            field=models.ManyToManyField(blank=True, related_name='requests', to='programs.need', verbose_name='затруднения'),
        ),
        migrations.AddField(
            model_name='notification',
            name='deadline',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notifications', to='programs.deadline'),
        ),
        migrations.AddField(
            model_name='notification',
            name='letter',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='programs.letter'),
        ),
        migrations.AddField(
            model_name='notification',
            name='recipient',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='schools.person'),
        ),
        migrations.AddField(
            model_name='order',
            name='amends',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='programs.order'),
        ),
        migrations.AddField(
            model_name='order',
            name='scan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='document',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='programs.order'),
        ),
        migrations.AddField(
            model_name='acquaintance',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acquaintances', to='programs.order'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='cancelled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cancelled_lines', to='programs.order'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='order_lines', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='programs.order'),
        ),
        migrations.AddField(
            model_name='mentorappointment',
            name='end_line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ended_appointments', to='programs.orderline'),
        ),
        migrations.AddField(
            model_name='mentorappointment',
            name='order_line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='programs.orderline'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='joined_line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined_members', to='programs.orderline'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='left_line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='left_members', to='programs.orderline'),
        ),
        migrations.AddField(
            model_name='orderregister',
            name='municipality',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='schools.municipality', verbose_name='муниципалитет'),
        ),
        migrations.AddField(
            model_name='orderregister',
            name='school',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registers', to='schools.school', verbose_name='организация'),
        ),
        migrations.AddField(
            model_name='order',
            name='register',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='programs.orderregister', verbose_name='книга приказов'),
        ),
        migrations.AddField(
            model_name='pack',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pack',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='pack',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='pack',
            name='job',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.job'),
        ),
        migrations.AddField(
            model_name='pack',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='schools.school'),
        ),
        migrations.AddField(
            model_name='plannedevent',
            name='direction',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='programs.direction', verbose_name='направление'),
        ),
        migrations.AddField(
            model_name='plannedevent',
            name='need',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='programs.need', verbose_name='затруднение'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='programs.plannedevent', verbose_name='мероприятие плана'),
        ),
        migrations.AddField(
            model_name='privatenote',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.person'),
        ),
        migrations.AddField(
            model_name='privatenote',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='private_notes', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='program',
            name='closing_line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_programs', to='programs.orderline'),
        ),
        migrations.AddField(
            model_name='program',
            name='directions',
            field=models.ManyToManyField(blank=True, to='programs.direction', verbose_name='направления'),
        ),
        migrations.AddField(
            model_name='program',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programs', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='program',
            name='needs',
            field=models.ManyToManyField(blank=True, to='programs.need', verbose_name='затруднения'),
        ),
        migrations.AddField(
            model_name='plannedevent',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='programs.program'),
        ),
        migrations.AddField(
            model_name='mentorreport',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentor_reports', to='programs.program'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='programs.program'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='programs.program'),
        ),
        migrations.AddField(
            model_name='document',
            name='program',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='programs.program'),
        ),
        migrations.AddField(
            model_name='programagreement',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='programs.groupmember'),
        ),
        migrations.AddField(
            model_name='programagreement',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='programs.program'),
        ),
        migrations.AddField(
            model_name='programamendment',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='programs.program'),
        ),
        migrations.AddField(
            model_name='programextension',
            name='line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='programs.orderline'),
        ),
        migrations.AddField(
            model_name='programextension',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='programs.program'),
        ),
        migrations.AddField(
            model_name='programpause',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='programs.program'),
        ),
        migrations.AddField(
            model_name='programtemplate',
            name='school',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='schools.school'),
        ),
        migrations.AddField(
            model_name='program',
            name='template',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='programs.programtemplate'),
        ),
        migrations.AddField(
            model_name='remark',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remark',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='programs.mentoringgroup'),
        ),
        migrations.AddField(
            model_name='remindersettings',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_settings', to='schools.person'),
        ),
        migrations.AddField(
            model_name='scanbatch',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scanbatch',
            name='job',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scan_batch', to='schools.job'),
        ),
        migrations.AddField(
            model_name='scanbatch',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scan_batches', to='schools.school'),
        ),
        migrations.AddField(
            model_name='scanpage',
            name='document',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scan_pages', to='programs.document'),
        ),
        migrations.AddField(
            model_name='scanpage',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='scanpage',
            name='preview',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='scanpage',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scan_pages', to='schools.school'),
        ),
        migrations.AddField(
            model_name='scanupload',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='programs.scanbatch'),
        ),
        migrations.AddField(
            model_name='scanupload',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddField(
            model_name='scanpage',
            name='upload',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='programs.scanupload'),
        ),
        migrations.AddField(
            model_name='score',
            name='criterion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programs.criterion'),
        ),
        migrations.AddField(
            model_name='score',
            name='evaluation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='programs.evaluation'),
        ),
        migrations.AddField(
            model_name='terminationnotice',
            name='appointment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='programs.mentorappointment'),
        ),
        migrations.AddField(
            model_name='terminationnotice',
            name='scan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.storedfile'),
        ),
        migrations.AddConstraint(
            model_name='calendarfeed',
            constraint=models.CheckConstraint(condition=models.Q(('token_hash__length', 64)), name='calendarfeed_hash_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='evaluationsheet',
            constraint=models.UniqueConstraint(fields=('school', 'name', 'version'), name='evaluationsheet_version_once'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 10)), name='criterion_weight_in_limits'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='criterion_level_known'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('state__in', ['WAITING', 'SENDING'])), fields=['not_before'], name='letter_unsent_by_time'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'SENDING', 'SENT', 'FAILED', 'UNCERTAIN', 'EMPTY'])), name='letter_state_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(fields=('recipient', 'day', 'urgent_key'), name='letter_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('attempts__lte', 2)), name='letter_attempts_limited'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENT'), ('sent_at__isnull', False)), models.Q(models.Q(('state', 'SENT'), _negated=True), models.Q(('sent_at__isnull', False), _negated=True)), _connector='OR'), name='letter_sent_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attempts__gte', 1), ('lease_until__isnull', False), ('state', 'SENDING'), models.Q(('claim', ''), _negated=True)), models.Q(models.Q(('state', 'SENDING'), _negated=True), ('claim', ''), ('lease_until', None)), _connector='OR'), name='letter_sending_has_a_claim'),
        ),
        migrations.AddConstraint(
            model_name='lettertemplate',
            constraint=models.UniqueConstraint(fields=('code', 'version'), name='lettertemplate_version_once'),
        ),
        migrations.AddConstraint(
            model_name='lettertemplate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('opening', ''), _negated=True), ('version__gte', 1)), name='lettertemplate_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'member'), name='attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_on', None), ('present', True), _connector='OR'), name='attendance_only_who_came_confirms'),
        ),
        migrations.AddConstraint(
            model_name='contractaddendum',
            constraint=models.CheckConstraint(condition=models.Q(('pay_kind__in', ['ROUBLES', 'PERCENT', 'POINTS'])), name='contractaddendum_pay_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='contractaddendum',
            constraint=models.CheckConstraint(condition=models.Q(('pay_amount__gt', 0)), name='contractaddendum_pay_is_positive', violation_error_message='Укажите размер выплаты больше нуля.'),
        ),
        migrations.AddConstraint(
            model_name='contractaddendum',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content', ''), _negated=True), models.Q(('work_form', ''), _negated=True), models.Q(('pay_basis', ''), _negated=True), models.Q(('employer_position', ''), _negated=True), models.Q(('employer_name', ''), _negated=True)), name='contractaddendum_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='contractaddendum',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='contractaddendum_ends_on_not_before_starts_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='contractaddendum',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_on__gte', models.F('signed_on'))), name='contractaddendum_not_recorded_before_signed', violation_error_message='Дата подписания ещё не наступила.'),
        ),
        migrations.AddConstraint(
            model_name='contractaddendum',
            constraint=models.UniqueConstraint(fields=('appointment', 'signed_on'), name='contractaddendum_once_a_day', violation_error_message='Соглашение с этой датой уже внесено.'),
        ),
        migrations.AddIndex(
            model_name='mentoringgroup',
            index=models.Index(fields=['school', 'closed_on'], name='mentoringgroup_school'),
        ),
        migrations.AddConstraint(
            model_name='mentoringgroup',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['TEACHER_TEACHER', 'HEAD_TEACHER', 'EMPLOYER_STUDENT', 'LECTURER_YOUNG_TEACHER', 'PARTNER_TEACHER'])), name='mentoringgroup_form_known'),
        ),
        migrations.AddConstraint(
            model_name='mentoringgroup',
            constraint=models.CheckConstraint(condition=models.Q(('kinds__gte', 1), ('kinds__lte', 127)), name='mentoringgroup_kinds_known', violation_error_message='Выберите хотя бы один вид наставничества.'),
        ),
        migrations.AddConstraint(
            model_name='mentoringgroup',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='mentoringgroup_says_why'),
        ),
        migrations.AddConstraint(
            model_name='mentoringgroup',
            constraint=models.CheckConstraint(condition=models.Q(('planned_ends_on__gt', models.F('planned_starts_on'))), name='mentoringgroup_planned_end_after_start', violation_error_message='Окончание должно быть позже начала.'),
        ),
        migrations.AddConstraint(
            model_name='mentoringgroup',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('closed_on', None), _connector='OR'), name='mentoringgroup_withdrawn_or_closed'),
        ),
        migrations.AddConstraint(
            model_name='mentoringgroup',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('proposed_on__isnull', True), ('withdrawn_on__gte', models.F('proposed_on')), _connector='OR'), name='mentoringgroup_withdrawn_on_not_before_proposed_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='mentoringepisode',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['PRACTICE', 'CONSULTATION', 'CONTEST', 'BEFORE_ORDER'])), name='mentoringepisode_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='mentoringepisode',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='mentoringepisode_ends_on_not_before_starts_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='mentoringepisode',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_on__gte', models.F('ends_on'))), name='mentoringepisode_not_recorded_before_end'),
        ),
        migrations.AddConstraint(
            model_name='incentive',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['PAYMENT', 'RECOGNITION'])), name='incentive_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='incentive',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'PAYMENT'), ('amount__isnull', False)), models.Q(models.Q(('kind', 'PAYMENT'), _negated=True), models.Q(('amount__isnull', False), _negated=True)), _connector='OR'), name='incentive_payment_has_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='incentive',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), ('amount__gt', 0), _connector='OR'), name='incentive_amount_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['HELP', 'OTHER_MENTOR'])), name='helprequest_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', False), models.Q(('answer', ''), _negated=True)), models.Q(models.Q(('answered_on__isnull', False), _negated=True), ('answer', '')), _connector='OR'), name='helprequest_answer_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(('answered_on__isnull', True), ('asked_on__isnull', True), ('answered_on__gte', models.F('asked_on')), _connector='OR'), name='helprequest_answered_on_not_before_asked_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_on', None)), fields=('member', 'kind'), name='helprequest_one_open_per_kind', violation_error_message='Вы уже просили об этом, ответ скоро будет.'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('done_on', None), ('void_on', None)), fields=['school', 'due_on'], name='deadline_open_by_school'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('done_on', None), ('void_on', None)), fields=['owner', 'due_on'], name='deadline_open_by_owner'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(fields=['group'], name='deadline_group'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(fields=('kind', 'subject', 'owner', 'period'), name='deadline_natural_key'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('force__in', ['LAW', 'DISTRICT', 'SCHOOL', 'ADVICE'])), name='deadline_force_known'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('date_source__in', ['ACT', 'ORDER', 'DISTRICT', 'DEFAULT'])), name='deadline_date_source_known'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), models.Q(('subject', ''), _negated=True), models.Q(('owner', ''), _negated=True)), name='deadline_key_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('opens_on'))), name='deadline_due_not_before_open'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['MENTOR', 'MENTEE'])), name='consent_role_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('means__in', ['PAPER', 'QUALIFIED_FILE', 'MARK'])), name='consent_means_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('role', 'MENTEE'), models.Q(('means', 'MARK'), _negated=True), _connector='OR'), name='consent_of_a_mentor_is_paper', violation_error_message='Согласие наставника даётся на бумаге.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_on__gte', models.F('signed_on'))), name='consent_not_recorded_before_signed', violation_error_message='Дата подписания ещё не наступила.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('signed_on__isnull', True), ('withdrawn_on__gte', models.F('signed_on')), _connector='OR'), name='consent_withdrawn_on_not_before_signed_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('supplements', None), ('withdrawn_on', None)), fields=('group', 'post', 'role'), name='consent_one_in_force', violation_error_message='Согласие уже отмечено.'),
        ),
        migrations.AddConstraint(
            model_name='mentoringrequest',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['YOUNG_SPECIALIST', 'NEW_IN_ORGANIZATION', 'CAREER_CHANGER', 'RETURNING', 'NEW_POSITION', 'EXPERIENCED_NEW_TECH', 'NEEDS_SUPPORT', 'STUDENT', 'OTHER'])), name='mentoringrequest_category_known'),
        ),
        migrations.AddConstraint(
            model_name='mentoringrequest',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['PAIRED', 'DECLINED_BY_MENTEE', 'NOT_NEEDED', 'NO_MENTOR', ''])), name='mentoringrequest_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='mentoringrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('outcome', ''), _negated=True), ('settled_on__isnull', False)), models.Q(('outcome', ''), models.Q(('settled_on__isnull', False), _negated=True)), _connector='OR'), name='mentoringrequest_settled_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='mentoringrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'PAIRED'), ('group__isnull', False)), models.Q(models.Q(('outcome', 'PAIRED'), _negated=True), models.Q(('group__isnull', False), _negated=True)), _connector='OR'), name='mentoringrequest_paired_names_the_pair'),
        ),
        migrations.AddConstraint(
            model_name='mentoringrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('post',), name='mentoringrequest_one_open_per_post', violation_error_message='Открытый запрос этого педагога уже есть.'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('letter', None)), fields=['recipient'], name='notification_unsent'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['recipient', '-told_on'], name='notification_inbox'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('letter', None), _negated=True), fields=['letter'], name='notification_by_letter'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['deadline'], name='notification_by_deadline'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(fields=('recipient', 'about', 'due_on', 'step'), name='notification_once'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('about', ''), _negated=True), name='notification_about_something'),
        ),
        migrations.AddConstraint(
            model_name='acquaintance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__isnull', False), ('order', None)), models.Q(('act', None), ('order__isnull', False)), _connector='OR'), name='acquaintance_with_one_paper'),
        ),
        migrations.AddConstraint(
            model_name='acquaintance',
            constraint=models.UniqueConstraint(condition=models.Q(('act__isnull', False)), fields=('person', 'act'), name='acquaintance_act'),
        ),
        migrations.AddConstraint(
            model_name='acquaintance',
            constraint=models.UniqueConstraint(condition=models.Q(('order__isnull', False)), fields=('person', 'order'), name='acquaintance_order'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['ASSIGN', 'ADD_MEMBER', 'RELEASE_MEMBER', 'REPLACE_MENTOR', 'APPOINT_TEMPORARY', 'END_APPOINTMENT', 'EXTEND', 'CLOSE', 'CANCEL'])), name='orderline_action_known'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_on', None)), fields=('order', 'group', 'action'), name='orderline_once_per_case'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('dropped_on', None), ('cancelled_by', None), _connector='OR'), name='orderline_dropped_or_cancelled'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_by', None), models.Q(('cancelled_by', models.F('order')), _negated=True), _connector='OR'), name='orderline_cancelled_by_another_order'),
        ),
        migrations.AddIndex(
            model_name='mentorappointment',
            index=models.Index(fields=['post', 'ends_on'], name='mentorappointment_post'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['ADDENDUM', 'DUTY_OF_POST', 'SECONDMENT', 'PARTNER_AGREEMENT'])), name='mentorappointment_basis_known'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('order_line', None), ('ordered_on', None)), models.Q(('consent__isnull', False), ('consented_on__isnull', False), ('consented_on__lte', models.F('ordered_on')), ('dropped_on', None), ('order_line__isnull', False), ('ordered_on__isnull', False)), _connector='OR'), name='mentorappointment_ordered_after_consent', violation_error_message='Без согласия наставника не позже даты приказа назначить нельзя (Положение, 3.3).'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent__isnull', False), ('consented_on__isnull', False)), models.Q(models.Q(('consent__isnull', False), _negated=True), models.Q(('consented_on__isnull', False), _negated=True)), _connector='OR'), name='mentorappointment_consent_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='mentorappointment_ends_on_not_before_starts_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ordered_on__isnull', False), _connector='OR'), name='mentorappointment_only_ordered_ends'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'DUTY_OF_POST'), _negated=True), models.Q(models.Q(('duty_clause', ''), _negated=True), ('duty_dated__isnull', False)), _connector='OR'), name='mentorappointment_duty_names_its_clause', violation_error_message='Укажите пункт и дату должностной инструкции.'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'SECONDMENT'), _negated=True), ('ordered_on', None), models.Q(models.Q(('home_order', ''), _negated=True), models.Q(('home_agreement', ''), _negated=True)), _connector='OR'), name='mentorappointment_secondment_has_papers', violation_error_message='Нужны приказ работодателя и соглашение организаций.'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'PARTNER_AGREEMENT'), ('partner__isnull', False)), models.Q(models.Q(('basis', 'PARTNER_AGREEMENT'), _negated=True), models.Q(('partner__isnull', False), _negated=True)), _connector='OR'), name='mentorappointment_partner_named', violation_error_message='Укажите организацию-партнёра.'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None), ('ordered_on__isnull', False), ('temporary', False)), fields=('group',), name='mentorappointment_one_open_per_case', violation_error_message='В паре уже есть действующий наставник.'),
        ),
        migrations.AddConstraint(
            model_name='mentorappointment',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_on', None), ('ordered_on', None), ('temporary', False)), fields=('group',), name='mentorappointment_one_proposed_per_case', violation_error_message='Наставник уже предложен.'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['YOUNG_SPECIALIST', 'NEW_IN_ORGANIZATION', 'CAREER_CHANGER', 'RETURNING', 'NEW_POSITION', 'EXPERIENCED_NEW_TECH', 'NEEDS_SUPPORT', 'STUDENT', 'OTHER'])), name='groupmember_category_known'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(('left_ground__in', ['STATEMENT', 'LEFT_SCHOOL', 'LONG_ABSENCE', 'FINISHED', 'CLOSED', 'OTHER', ''])), name='groupmember_left_ground_known'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joined_on__isnull', False), ('joined_line__isnull', False)), models.Q(models.Q(('joined_on__isnull', False), _negated=True), models.Q(('joined_line__isnull', False), _negated=True)), _connector='OR'), name='groupmember_joined_by_an_order_line'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_on__isnull', False), models.Q(('left_ground', ''), _negated=True)), models.Q(models.Q(('left_on__isnull', False), _negated=True), ('left_ground', '')), _connector='OR'), name='groupmember_left_has_one_ground'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('joined_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='groupmember_left_on_not_before_joined_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('group', 'post'), name='groupmember_once_in_a_case', violation_error_message='Этот педагог уже есть в группе.'),
        ),
        migrations.AddConstraint(
            model_name='orderregister',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipality', None), ('school__isnull', False)), models.Q(('municipality__isnull', False), ('school', None)), _connector='OR'), name='orderregister_has_one_issuer'),
        ),
        migrations.AddConstraint(
            model_name='orderregister',
            constraint=models.CheckConstraint(condition=models.Q(('year_starts_in__in', [1, 9])), name='orderregister_year_known'),
        ),
        migrations.AddConstraint(
            model_name='orderregister',
            constraint=models.UniqueConstraint(fields=('school', 'name'), name='orderregister_school_name'),
        ),
        migrations.AddConstraint(
            model_name='orderregister',
            constraint=models.UniqueConstraint(fields=('municipality', 'name'), name='orderregister_municipality_name'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['ASSIGN', 'CHANGE', 'REPLACE', 'EXTEND', 'CLOSE', 'AMEND'])), name='order_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', ''), ('number_key', ''), ('recorded_on', None), ('signed_on', None), ('year_ends_on', None), ('year_starts_on', None)), models.Q(('dropped_on', None), ('recorded_on__isnull', False), ('signed_on__isnull', False), ('year_ends_on__isnull', False), ('year_starts_on__isnull', False), models.Q(('number', ''), _negated=True), models.Q(('number_key', ''), _negated=True), models.Q(('signatory_position', ''), _negated=True), models.Q(('signatory_name', ''), _negated=True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='order_signed_whole_or_not_at_all', violation_error_message='У подписанного приказа есть номер, дата и подписавший.'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('signed_on', None), models.Q(('signed_on__gte', models.F('year_starts_on')), ('signed_on__lte', models.F('year_ends_on'))), _connector='OR'), name='order_date_within_its_year'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('signed_on', None), ('recorded_on__gte', models.F('signed_on')), _connector='OR'), name='order_not_recorded_before_signed', violation_error_message='Дата приказа ещё не наступила.'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('signed_on__isnull', False)), fields=('register', 'year_starts_on', 'number_key'), name='order_number_once_a_year', violation_error_message='Приказ с таким номером в этом году уже есть.'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recipient', ''), _negated=True), models.Q(('basis', ''), _negated=True)), name='pack_names_recipient_and_basis'),
        ),
        migrations.AddConstraint(
            model_name='privatenote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='privatenote_has_text'),
        ),
        migrations.AddConstraint(
            model_name='plannedevent',
            constraint=models.CheckConstraint(condition=models.Q(('responsible__in', ['MENTOR', 'MENTEE', 'CURATOR'])), name='plannedevent_responsible_known'),
        ),
        migrations.AddConstraint(
            model_name='plannedevent',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['DONE', 'PARTIAL', 'NOT_DONE', 'CANCELLED', ''])), name='plannedevent_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='plannedevent',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='plannedevent_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='plannedevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('outcome', ''), _negated=True), ('settled_on__isnull', False)), models.Q(('outcome', ''), models.Q(('settled_on__isnull', False), _negated=True)), _connector='OR'), name='plannedevent_outcome_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='mentorreport',
            constraint=models.CheckConstraint(condition=models.Q(('conclusion__in', ['FINISH', 'EXTEND', 'CHANGE'])), name='mentorreport_conclusion_known'),
        ),
        migrations.AddConstraint(
            model_name='mentorreport',
            constraint=models.CheckConstraint(condition=models.Q(('dynamics', ''), _negated=True), name='mentorreport_says_something'),
        ),
        migrations.AddConstraint(
            model_name='mentorreport',
            constraint=models.UniqueConstraint(fields=('program', 'appointment'), name='mentorreport_one_per_mentor'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['program', 'held_on'], name='meeting_program_held'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['IN_PERSON', 'ONLINE', 'LESSON_VISIT', 'CONSULTATION'])), name='meeting_format_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_on__gte', models.F('held_on'))), name='meeting_not_recorded_before_held', violation_error_message='Встреча ещё не состоялась: проверьте дату.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 600)), name='meeting_lasts_up_to_ten_hours', violation_error_message='Длительность — от 1 до 600 минут.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('topic', ''), _negated=True), name='meeting_has_a_topic'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_on__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('cancelled_on__isnull', False), _negated=True), ('cancel_reason', '')), _connector='OR'), name='meeting_cancelled_with_a_reason', violation_error_message='Напишите, почему встреча отменена.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('program', 'client_key'), name='meeting_sent_twice_is_one'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('conclusion__in', ['HIGH', 'SUFFICIENT', 'PARTIAL', 'LOW'])), name='evaluation_conclusion_known'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('percent__gte', 0), ('percent__lte', 100)), name='evaluation_percent_in_limits'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('evaluator', ''), _negated=True)), name='evaluation_says_who_and_why'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_on__gte', models.F('evaluated_on'))), name='evaluation_not_recorded_before_held'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(condition=models.Q(('member', None)), fields=('program',), name='evaluation_one_summary'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(condition=models.Q(('member__isnull', False)), fields=('program', 'member'), name='evaluation_one_per_member'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['MENTOR_CONSENT', 'MENTEE_CONSENT', 'DATA_CONSENT', 'ADDENDUM', 'NOTICE', 'ORDER', 'PROGRAM', 'MEETINGS', 'REPORT', 'EVALUATION', 'ACQUAINTANCE', 'REGULATION_ORDER', 'CURATOR_ORDER', 'INCENTIVE_ORDER', 'THANKS', 'CERTIFICATE'])), name='document_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), models.Q(('sha256', ''), _negated=True)), models.Q(models.Q(('file__isnull', False), _negated=True), ('sha256', '')), _connector='OR'), name='document_file_has_a_hash'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'ACQUAINTANCE'), ('order__isnull', False)), models.Q(('group__isnull', False), ('kind__in', ['MENTOR_CONSENT', 'MENTEE_CONSENT', 'ADDENDUM', 'NOTICE']), ('post__isnull', False)), models.Q(('kind__in', ['DATA_CONSENT', 'INCENTIVE_ORDER', 'THANKS', 'CERTIFICATE']), ('post__isnull', False)), models.Q(('kind__in', ['ORDER']), ('order__isnull', False)), models.Q(('kind__in', ['PROGRAM', 'MEETINGS', 'EVALUATION']), ('program__isnull', False)), models.Q(('kind__in', ['REPORT']), ('post__isnull', False), ('program__isnull', False)), models.Q(('act__isnull', False), ('kind__in', ['ACQUAINTANCE'])), ('kind__in', ['REGULATION_ORDER', 'CURATOR_ORDER']), _connector='OR'), name='document_names_its_subject'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_on__isnull', False), ('recorded_on__isnull', False)), models.Q(models.Q(('signed_on__isnull', False), _negated=True), models.Q(('recorded_on__isnull', False), _negated=True)), _connector='OR'), name='document_signed_is_recorded'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_on__isnull', True), ('signed_on__isnull', True), ('recorded_on__gte', models.F('signed_on')), _connector='OR'), name='document_recorded_on_not_before_signed_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('scan', None), ('signed_on__isnull', False), _connector='OR'), name='document_scan_is_of_a_signed_one'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_on', None), ('signed_on', None), _connector='OR'), name='document_signed_or_cancelled'),
        ),
        migrations.AddConstraint(
            model_name='programagreement',
            constraint=models.UniqueConstraint(fields=('program', 'member', 'version'), name='programagreement_once'),
        ),
        migrations.AddConstraint(
            model_name='programamendment',
            constraint=models.UniqueConstraint(fields=('program', 'version'), name='programamendment_version_once'),
        ),
        migrations.AddConstraint(
            model_name='programamendment',
            constraint=models.CheckConstraint(condition=models.Q(('summary', ''), _negated=True), name='programamendment_says_what'),
        ),
        migrations.AddConstraint(
            model_name='programextension',
            constraint=models.CheckConstraint(condition=models.Q(('new_ends_on__gt', models.F('old_ends_on'))), name='programextension_moves_forward', violation_error_message='Новая дата должна быть позже прежней.'),
        ),
        migrations.AddConstraint(
            model_name='programextension',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='programextension_says_why'),
        ),
        migrations.AddConstraint(
            model_name='programextension',
            constraint=models.UniqueConstraint(fields=('program', 'old_ends_on'), name='programextension_follows_one_end'),
        ),
        migrations.AddConstraint(
            model_name='programpause',
            constraint=models.CheckConstraint(condition=models.Q(('expected_on__isnull', True), ('starts_on__isnull', True), ('expected_on__gte', models.F('starts_on')), _connector='OR'), name='programpause_expected_on_not_before_starts_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='programpause',
            constraint=models.CheckConstraint(condition=models.Q(('resumed_on__isnull', True), ('starts_on__isnull', True), ('resumed_on__gte', models.F('starts_on')), _connector='OR'), name='programpause_resumed_on_not_before_starts_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='programpause',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='programpause_says_why'),
        ),
        migrations.AddConstraint(
            model_name='programpause',
            constraint=models.UniqueConstraint(condition=models.Q(('resumed_on', None)), fields=('program',), name='programpause_one_open_per_program', violation_error_message='Программа уже приостановлена.'),
        ),
        migrations.AddConstraint(
            model_name='programtemplate',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['SCHOOL', 'KINDERGARTEN', 'ADDITIONAL', 'OTHER', ''])), name='programtemplate_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='programtemplate',
            constraint=models.UniqueConstraint(fields=('school', 'name', 'version'), name='programtemplate_version_once'),
        ),
        migrations.AddConstraint(
            model_name='programtemplate',
            constraint=models.CheckConstraint(condition=models.Q(('months__gte', 3), ('months__lte', 12)), name='programtemplate_term_lawful'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['FULL', 'MENTOR_INITIATIVE', 'MENTEE_INITIATIVE', 'MUTUAL', 'CURATOR_INITIATIVE', 'EMPLOYER_CANCEL', 'PARTICIPANT_LEFT', 'OTHER', ''])), name='program_ground_known'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('current_ends_on', None), ('ends_on', None), ('max_ends_on', None), ('min_ends_on', None), ('starts_on', None)), models.Q(('current_ends_on__gte', models.F('ends_on')), ('current_ends_on__isnull', False), ('ends_on__gte', models.F('min_ends_on')), ('ends_on__isnull', False), ('ends_on__lte', models.F('max_ends_on')), ('max_ends_on__gt', models.F('min_ends_on')), ('max_ends_on__isnull', False), ('min_ends_on__gt', models.F('starts_on')), ('min_ends_on__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='program_lasts_three_to_twelve_months', violation_error_message='Программа длится от трёх месяцев до одного года (Положение, 1.2.1).'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_on', None), models.Q(('starts_on__isnull', False), models.Q(('goal', ''), _negated=True), models.Q(('tasks', ''), _negated=True)), _connector='OR'), name='program_submitted_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_name', ''), ('approved_on', None), ('approved_position', '')), models.Q(('approved_on__isnull', False), ('submitted_on__isnull', False), models.Q(('approved_name', ''), _negated=True), models.Q(('approved_position', ''), _negated=True)), _connector='OR'), name='program_approved_by_somebody_after_submission'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(('evaluated_on', None), ('approved_on__isnull', False), _connector='OR'), name='program_evaluated_only_when_approved'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), models.Q(('ground', ''), _negated=True)), models.Q(models.Q(('closed_on__isnull', False), _negated=True), ('ground', '')), _connector='OR'), name='program_closed_with_one_ground'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'FULL'), _negated=True), ('evaluated_on__isnull', False), _connector='OR'), name='program_full_only_when_evaluated', violation_error_message='Завершить в полном объёме можно только после оценки эффективности (Положение, 6.1).'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'OTHER'), _negated=True), models.Q(('ground_text', ''), _negated=True), _connector='OR'), name='program_other_ground_is_named', violation_error_message='Назовите основание завершения.'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('group',), name='program_one_open_per_case'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='program_version_counts'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__isnull', True), ('written_on__isnull', True), ('due_on__gte', models.F('written_on')), _connector='OR'), name='remark_due_on_not_before_written_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('answered_on__isnull', True), ('written_on__isnull', True), ('answered_on__gte', models.F('written_on')), _connector='OR'), name='remark_answered_on_not_before_written_on', violation_error_message='Дата окончания раньше даты начала.'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', False), models.Q(('answer', ''), _negated=True)), models.Q(models.Q(('answered_on__isnull', False), _negated=True), ('answer', '')), _connector='OR'), name='remark_answer_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='remindersettings',
            constraint=models.CheckConstraint(condition=models.Q(('frequency__in', ['DAILY', 'WEEKLY', 'LAW_ONLY'])), name='remindersettings_frequency_known'),
        ),
        migrations.AddConstraint(
            model_name='scanpage',
            constraint=models.CheckConstraint(condition=models.Q(('problem__in', ['UNREADABLE', 'UNKNOWN', 'TWICE', 'FILED', 'CANCELLED', ''])), name='scanpage_problem_known'),
        ),
        migrations.AddConstraint(
            model_name='scanpage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('problem', ''), _negated=True), models.Q(('document__isnull', False), ('sheet__isnull', False)), _connector='OR'), name='scanpage_placed_or_says_why_not'),
        ),
        migrations.AddConstraint(
            model_name='scanpage',
            constraint=models.UniqueConstraint(fields=('upload', 'number'), name='scanpage_once_per_file'),
        ),
        migrations.AddConstraint(
            model_name='scanpage',
            constraint=models.UniqueConstraint(condition=models.Q(('problem', '')), fields=('document', 'sheet'), name='scanpage_sheet_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('evaluation', 'criterion'), name='score_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 3)), name='score_in_limits'),
        ),
        migrations.AddConstraint(
            model_name='terminationnotice',
            constraint=models.CheckConstraint(condition=models.Q(('by__in', ['MENTOR', 'EMPLOYER'])), name='terminationnotice_by_known'),
        ),
        migrations.AddConstraint(
            model_name='terminationnotice',
            constraint=models.CheckConstraint(condition=models.Q(('effective_on__gte', models.F('earliest_on')), ('agreed_on__isnull', False), _connector='OR'), name='terminationnotice_three_working_days', violation_error_message='Предупреждают не менее чем за три рабочих дня (ТК РФ, ст. 351.8), раньше — по соглашению сторон.'),
        ),
        migrations.AddConstraint(
            model_name='terminationnotice',
            constraint=models.CheckConstraint(condition=models.Q(('earliest_on__gt', models.F('given_on')), ('effective_on__gte', models.F('given_on'))), name='terminationnotice_not_before_given'),
        ),
        migrations.AddConstraint(
            model_name='terminationnotice',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_on__gte', models.F('given_on'))), name='terminationnotice_not_recorded_before_given', violation_error_message='Дата уведомления ещё не наступила.'),
        ),
        migrations.AddConstraint(
            model_name='terminationnotice',
            constraint=models.UniqueConstraint(fields=('appointment',), name='terminationnotice_once_per_appointment', violation_error_message='Уведомление уже внесено.'),
        ),
    ]
